namespace Klever.Models.Tests;

public class TerminationMessageTests
{
    private static readonly Digest AnyDigest = Digest.Of("x"u8);

    [Theory]
    [InlineData(1, '{')]
    [InlineData(200, 'z')]
    public void Encode_OfAReportThatFits_NeedsNoLog(int layers, char mark)
    {
        var report = Report(layers, i => $"SomeOperationType{i}");

        var (message, line) = TerminationMessage.Encode(report);

        Assert.Null(line);
        Assert.Equal(mark, message[0]);
        Assert.True(message.Length <= TerminationMessage.MaximumBytes);
        Assert.Equal(report.Signature, TerminationMessage.Decode(message).Signature);
    }

    [Fact]
    public void Encode_OfALargeReport_PutsItIntoTheLog()
    {
        var random = new Random(1);
        var report = Report(2000, _ => Convert.ToHexString(BitConverter.GetBytes(random.NextInt64())));

        var (message, line) = TerminationMessage.Encode(report);

        Assert.True(TerminationMessage.NeedsLog(message));
        Assert.Equal(report.Signature, TerminationMessage.Decode(message, line + "\n").Signature);
    }

    [Fact]
    public void Decode_WithAnotherLogLine_IsRefused()
    {
        var random = new Random(1);
        var (message, line) = TerminationMessage.Encode(Report(2000, _ => Convert.ToHexString(BitConverter.GetBytes(random.NextInt64()))));

        var exception = Assert.Throws<FormatException>(() => TerminationMessage.Decode(message, line!.Replace("source", "sauce")));

        Assert.Equal("the last line of the log is not the report that the termination message names.", exception.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("error: something")]
    [InlineData("[]")]
    [InlineData("z:AAAA")]
    [InlineData("z:!!!")]
    [InlineData("{\"version\":2,\"source\":{\"reference\":\"a/b:c\"}}")]
    [InlineData("{\"version\":1}")]
    public void Decode_OfSomethingElse_IsAFormatException(string message)
    {
        Assert.Throws<FormatException>(() => TerminationMessage.Decode(message));
    }

    [Fact]
    public void Decode_OfAnExtraction_SaysWhichFilesWereRead()
    {
        var report = Report(1, _ => "Add") with { Files = ["model/net.onnx"] };

        Assert.Equal(["model/net.onnx"], TerminationMessage.Decode(TerminationMessage.Encode(report).Message).Files);
    }

    [Fact]
    public void Decode_OfAConversion_GivesTheResult()
    {
        var report = new JobReport
        {
            Job = "convert-1",
            Source = new JobArtifact("a/b:c", AnyDigest),
            Result = new JobArtifact("a/b:d", AnyDigest, Size: 17),
            ElapsedMilliseconds = 5,
        };

        Assert.Equal(report, TerminationMessage.Decode(TerminationMessage.Encode(report).Message));
    }

    private static JobReport Report(int layers, Func<int, string> name) => new()
    {
        Source = new JobArtifact("a/b:c", AnyDigest),
        Signature = new Signature { Layers = [.. Enumerable.Range(0, layers).Select(i => new LayerCount(name(i), i + 1))] },
    };
}
