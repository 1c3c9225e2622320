using Klever.Models;
using Klever.Samples;
using Klever.Testing;
using Klever.Testing.Registry;

namespace Klever.CommandLine.Tests;

/// <summary>1 GB through the real program and the real registry: memory must not know of it.</summary>
[Trait("Category", "Large")]
public sealed class LargeModelTests : IDisposable
{
    private const double MaximumMegabytes = 150;
    private const double MaximumExtractMegabytes = 100;

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    public static TheoryData<string> Formats => [.. SampleModels.Formats.Select(format => format.Name)];

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task Extract_OfOneGigabyteOfAnyFormat_StaysBelow100Megabytes(string name)
    {
        await using var registry = await DockerRegistry.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        LargeModels.Write(ModelFormat.Parse(name), _directory);
        var reference = $"{registry.Host}/release/large:v1";
        var environment = new Dictionary<string, string>
        {
            ["PLAIN_HTTP"] = "true",
            ["TERMINATION_MESSAGE_PATH"] = _directory.Combine("termination"),
        };
        var pushed = await KleverProcess.RunAsync(environment, "push", _directory.Path, reference);
        Assert.True(pushed.ExitCode == 0, pushed.Error);

        var (exitCode, _, error, peak) = await KleverProcess.RunAsync(environment, "extract", reference);

        Assert.True(exitCode == 0, error);
        Assert.InRange(peak, 10, MaximumExtractMegabytes);
        Assert.Contains("\"layers\":{\"", await File.ReadAllTextAsync(_directory.Combine("termination"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task PushExtractPullExport_OfOneGigabyte_StaysBelow150Megabytes()
    {
        await using var registry = await DockerRegistry.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        LargeModels.Write(ModelFormat.Onnx, _directory);
        var reference = $"{registry.Host}/release/large:v1";
        var environment = new Dictionary<string, string>
        {
            ["PLAIN_HTTP"] = "true",
            ["ORMB_HOME"] = _directory.Combine("home"),
            ["TERMINATION_MESSAGE_PATH"] = _directory.Combine("termination"),
        };

        string[][] commands =
        [
            ["push", _directory.Path, reference],
            ["extract", reference],
            ["pull", reference],
            ["export", reference, "-o", _directory.Combine("out")],
        ];
        foreach (var command in commands)
        {
            var (exitCode, _, error, peak) = await KleverProcess.RunAsync(environment, command);

            Assert.True(exitCode == 0, error);
            Assert.InRange(peak, 10, MaximumMegabytes);
            TestContext.Current.TestOutputHelper?.WriteLine($"{command[0]}: {peak:F0} MB");
        }

        Assert.Equal(
            new FileInfo(_directory.Combine("model", "classifier.onnx")).Length,
            new FileInfo(_directory.Combine("out", "model", "classifier.onnx")).Length);
    }
}
