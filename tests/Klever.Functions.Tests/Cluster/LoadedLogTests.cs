using System.Text;
using Klever.Functions.Cluster;

namespace Klever.Functions.Tests.Cluster;

/// <summary>Logs that a container may well write: memory stays within the limits, and the newest lines are kept.</summary>
public class LoadedLogTests
{
    private static readonly LogLimits Small = new() { Lines = 3, Bytes = 20, LineBytes = 8, Characters = 40 };

    [Fact]
    public async Task Read_OfMoreLinesThanTheLimit_KeepsTheNewest()
    {
        var log = await ReadAsync("1 a\n2 b\n3 c\n4 d\n", LogSelection.End);

        Assert.Equal(["b", "c", "d"], log.Lines.Select(line => line.Content));
        Assert.True(log.IsCut);
    }

    [Fact]
    public async Task Read_FromTheBeginning_IsCutByBytes()
    {
        Assert.True((await ReadAsync("1 a\n2 b\n3 c\n4 d\n5 e\n", LogSelection.Beginning)).IsCut);
        Assert.False((await ReadAsync("1 a\n2 b\n3 c\n4 d\n5 e", LogSelection.Beginning)).IsCut);
    }

    [Fact]
    public async Task Read_OfALongLine_KeepsItsBeginning()
    {
        var log = await ReadAsync($"1 {new string('x', 100_000)}\n2 b\n", LogSelection.End);

        Assert.Equal(["xxxxxx", "b"], log.Lines.Select(line => line.Content));
    }

    [Fact]
    public async Task Read_OfLongLines_DropsTheOldestBeyondTheLimit()
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(1, 9).Select(i => $"{i} 123456789\n"))));
        var log = await LoadedLog.ReadAsync(
            stream, LogSelection.End, new LogLimits { Characters = 40 }, TestContext.Current.CancellationToken);

        Assert.Equal(["7", "8", "9"], log.Lines.Select(line => line.Timestamp));
        Assert.True(log.IsCut);
    }

    [Fact]
    public async Task Read_OfBytesThatAreNoText_ShowsReplacements()
    {
        using var stream = new MemoryStream([(byte)'1', (byte)' ', 0xff, (byte)'a', (byte)'\r', (byte)'\n', (byte)'\n']);
        var log = await LoadedLog.ReadAsync(stream, LogSelection.End, LogLimits.Default, TestContext.Current.CancellationToken);

        Assert.Equal([new LogLine("1", "\ufffda")], log.Lines);
    }

    private static async Task<LoadedLog> ReadAsync(string text, string position)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return await LoadedLog.ReadAsync(stream, position, Small, TestContext.Current.CancellationToken);
    }
}
