namespace Klever.Functions.Cluster;

/// <summary>The lines that a selection names, with the same selection told from the middle of the log.</summary>
/// <param name="IsAtCut">Whether the window was moved because it reached beyond the end where a long log was cut.</param>
internal sealed record LogWindow(IReadOnlyList<LogLine> Lines, LogSelection Selection, bool IsAtCut)
{
    private static readonly LogWindow Nothing = new([], LogSelection.None, IsAtCut: false);

    /// <summary>A window beyond an end is moved until it fits, and one that is larger than the log is the log; a line that is gone
    /// gives nothing.</summary>
    public static LogWindow Select(IReadOnlyList<LogLine> lines, LogSelection asked)
    {
        if (lines.Count == 0 || asked.OffsetTo <= asked.OffsetFrom || IndexOf(lines, asked.ReferencePoint) is not { } reference)
        {
            return Nothing;
        }

        var (from, to, isAtCut) = Fit(lines.Count, reference + asked.OffsetFrom, reference + asked.OffsetTo, asked.LogFilePosition);
        var middle = lines.Count / 2;
        return new LogWindow(
            [.. lines.Skip(from).Take(to - from)],
            new LogSelection(IdOf(lines, middle), from - middle, to - middle, asked.LogFilePosition),
            isAtCut);
    }

    private static (int From, int To, bool IsAtCut) Fit(int count, long from, long to, string position) =>
        to - from > count ? (0, count, true)
        : to > count ? ((int)(count - (to - from)), count, position == LogSelection.Beginning)
        : from < 0 ? (0, (int)(to - from), position == LogSelection.End)
        : ((int)from, (int)to, false);

    private static int? IndexOf(IReadOnlyList<LogLine> lines, LogLineId id)
    {
        if (id.Timestamp is LogLineId.NewestTimestamp or LogLineId.OldestTimestamp)
        {
            return id.Timestamp == LogLineId.OldestTimestamp ? 0 : lines.Count - 1;
        }

        var first = 0;
        while (first < lines.Count && lines[first].Timestamp != id.Timestamp)
        {
            first++;
        }

        var count = CountFrom(lines, first, step: 1, id.Timestamp);
        var offset = id.LineNum < 0 ? (long)count + id.LineNum : id.LineNum - 1L;
        return offset >= 0 && offset < count ? first + (int)offset : null;
    }

    // Old lines are dropped first, so lines of one time are counted from their last. Only at the end of the log, where more of that
    // time may come, are they counted from their first.
    private static LogLineId IdOf(IReadOnlyList<LogLine> lines, int index)
    {
        var timestamp = lines[index].Timestamp;
        return lines[^1].Timestamp == timestamp
            ? new LogLineId(timestamp, CountFrom(lines, index, step: -1, timestamp))
            : new LogLineId(timestamp, -CountFrom(lines, index, step: 1, timestamp));
    }

    private static int CountFrom(IReadOnlyList<LogLine> lines, int start, int step, string timestamp)
    {
        var count = 0;
        for (var i = start; i >= 0 && i < lines.Count && lines[i].Timestamp == timestamp; i += step)
        {
            count++;
        }

        return count;
    }
}
