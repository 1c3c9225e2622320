using Klever.Functions.Cluster;

namespace Klever.Functions.Tests.Cluster;

/// <summary>The selection of Kubernetes Dashboard, which Klever Model Registry copied: the same cases, the same answers.</summary>
public class LogWindowTests
{
    private const string Five = "1 log1\n2 log2\n3 log3\n4 log4\n5 log5";
    private const string OfOneTime = "1 log1\n1 log2\n1 log3\n1 log4\n1 log5";
    private const string Ten = "1 log1\n2 log2\n3 log3\n4 log4\n5 log5\n6 log6\n7 log7\n8 log8\n9 log9\n10 log10";
    private const long All = 2_000_000_000;

    /// <summary>Log; reference, its line number, offsets, position; the lines expected; the new reference, its number, its offsets; cut.</summary>
    public static TheoryData<string, string, int, long, long, string, string, string, int, long, long, bool> Cases => new()
    {
        { "", "newest", 0, -All, All, "", "", "", 0, 0, 0, false },
        { Five, "newest", 0, -All, All, "", "log1 log2 log3 log4 log5", "3", -1, -2, 3, false },
        { Five, "oldest", 0, 1, 3, "", "log2 log3", "3", -1, -1, 1, false },
        { Five, "newest", 0, -3, -1, "", "log2 log3", "3", -1, -1, 1, false },
        { Five, "4", 1, -2, 0, "", "log2 log3", "3", -1, -1, 1, false },
        { Five, "4", 1, 1, 3, "", "log4 log5", "3", -1, 1, 3, false },
        { Five, "4", 1, -50, -48, "", "log1 log2", "3", -1, -2, 0, false },
        { OfOneTime, "1", 2, 0, 2, "", "log2 log3", "1", 3, -1, 1, false },
        { OfOneTime, "1", -1, 0, 1, "", "log5", "1", 3, 2, 3, false },
        { OfOneTime, "1", -5, 0, 1, "", "log1", "1", 3, -2, -1, false },
        { OfOneTime, "1", -6, 0, 1, "", "", "", 0, 0, 0, false },
        { OfOneTime, "1", int.MinValue, 0, 1, "", "", "", 0, 0, 0, false },
        { Ten, "5", 1, -10, -8, "end", "log1 log2", "6", -1, -5, -3, true },
        { Ten, "5", 1, 8, 10, "end", "log9 log10", "6", -1, 3, 5, false },
        { Ten, "newest", 0, -1, 1, "end", "log9 log10", "6", -1, 3, 5, false },
        { Five, "9", 1, 0, 1, "", "", "", 0, 0, 0, false },
        { Five, "4", 1, 2, 2, "", "", "", 0, 0, 0, false },
        { Five, "4", 1, 3, 1, "", "", "", 0, 0, 0, false },
        { "an error message from api server", "newest", 0, -All, All, "", "an error message from api server", "0", 1, 0, 1, false },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Select_OfALog_GivesTheLinesAndTheNewReference(
        string log, string timestamp, int lineNumber, long from, long to, string position,
        string lines, string newTimestamp, int newLineNumber, long newFrom, long newTo, bool truncated)
    {
        using var stream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(log));
        var loaded = await LoadedLog.ReadAsync(
            stream, position, new LogLimits { Lines = 10 }, TestContext.Current.CancellationToken);
        var asked = new LogSelection(new LogLineId(timestamp, lineNumber), from, to, position);

        var details = LogDetails.Of("pod-1", "test", isInitContainer: false, loaded, asked);

        Assert.Equal(lines, string.Join(' ', details.Logs.Select(line => line.Content)));
        Assert.Equal(
            new LogSelection(new LogLineId(newTimestamp, newLineNumber), newFrom, newTo, details.Logs.Count == 0 ? "" : position),
            details.Selection);
        Assert.Equal(truncated, details.Info.Truncated);
        Assert.Equal(details.Logs is [var first, ..] ? first.Timestamp : "", details.Info.FromDate);
        Assert.Equal(details.Logs is [.., var last] ? last.Timestamp : "", details.Info.ToDate);
    }

    [Theory]
    [InlineData(null, null, "newest", -99, 1, "end")]
    [InlineData("-3", null, "newest", -99, 1, "end")]
    [InlineData("-3", "x", "newest", -99, 1, "end")]
    [InlineData("1.5", "2", "newest", -99, 1, "end")]
    [InlineData("-3", "+2", "2026-01-01T00:00:00Z", -3, 2, "beginning")]
    [InlineData("-9223372036854775808", "9223372036854775807", "2026-01-01T00:00:00Z", -All, All, "beginning")]
    public void Parse_OfOffsets_SelectsOnlyWithBoth(string? from, string? to, string timestamp, long expectedFrom, long expectedTo, string position)
    {
        var selection = LogSelection.Parse("2026-01-01T00:00:00Z", lineNumber: 0, from, to, "beginning");

        Assert.Equal(new LogSelection(new LogLineId(timestamp, 0), expectedFrom, expectedTo, position), selection);
    }

    [Fact]
    public void Parse_WithoutATime_CountsFromTheNewestLine() =>
        Assert.Equal("newest", LogSelection.Parse(timestamp: null, lineNumber: 0, "-1", "1", position: null).ReferencePoint.Timestamp);
}
