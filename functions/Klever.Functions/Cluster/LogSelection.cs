using System.Globalization;

namespace Klever.Functions.Cluster;

/// <summary>Which lines are asked for: from one offset (included) to another (excluded), counted from a line. Lines come and go
/// at the ends of a log, hence the count from a line in the middle.</summary>
/// <param name="LogFilePosition"><c>beginning</c> or <c>end</c>: from where the log is loaded.</param>
internal sealed record LogSelection(LogLineId ReferencePoint, long OffsetFrom, long OffsetTo, string LogFilePosition)
{
    public const string Beginning = "beginning";
    public const string End = "end";

    private const int DefaultLines = 100;

    // More than any log has; keeps sums of two offsets far from overflowing.
    private const long MaximumOffset = 2_000_000_000;

    /// <summary>The newest lines.</summary>
    public static LogSelection Default { get; } = new(LogLineId.Newest, 1 - DefaultLines, 1, End);

    public static LogSelection None { get; } = new(new LogLineId("", 0), 0, 0, "");

    /// <summary>As Klever Model Registry reads its parameters: only when both offsets are integers is there a selection.</summary>
    public static LogSelection Parse(string? timestamp, int lineNumber, string? from, string? to, string? position) =>
        Offset(from) is { } first && Offset(to) is { } end
            ? new LogSelection(new LogLineId(timestamp is null or "" ? LogLineId.NewestTimestamp : timestamp, lineNumber), first, end, position ?? "")
            : Default;

    private static long? Offset(string? text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var offset)
            ? Math.Clamp(offset, -MaximumOffset, MaximumOffset)
            : null;
}

/// <summary>Names a line so that it is found again when lines were added or dropped.</summary>
/// <param name="Timestamp">Its time, or <c>newest</c> or <c>oldest</c>.</param>
/// <param name="LineNum">Among lines of that same time: 1 is the first, -1 the last.</param>
internal sealed record LogLineId(string Timestamp, int LineNum)
{
    public const string NewestTimestamp = "newest";
    public const string OldestTimestamp = "oldest";

    public static LogLineId Newest { get; } = new(NewestTimestamp, 0);

    public static LogLineId Oldest { get; } = new(OldestTimestamp, 0);
}
