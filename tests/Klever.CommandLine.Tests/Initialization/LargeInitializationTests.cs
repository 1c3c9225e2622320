using Klever.Oci;
using Klever.Oci.Ormb;
using Klever.Testing;
using Klever.Testing.Registry;

namespace Klever.CommandLine.Tests.Initialization;

/// <summary>A layer of 256 MB that does not shrink, through the real program.</summary>
[Trait("Category", "Large")]
public sealed class LargeInitializationTests : IDisposable
{
    private const int BlockSize = 1024 * 1024;
    private const int Blocks = 256;

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Initialize_Of256Megabytes_StaysBelow120Megabytes()
    {
        var stop = TestContext.Current.CancellationToken;
        await using var registry = await DockerRegistry.StartAsync(cancellationToken: stop);
        using var client = new RegistryClient(RegistryOptions.ForHost(registry.Host, plainHttp: true));
        WriteModel();
        var model = ModelDirectory.Open(_directory.Combine("large"));
        await ModelArtifacts.PushAsync(client.Repository("release/net"), "v1", model, cancellationToken: stop);
        var target = _directory.Combine("mnt", "net");

        var (exitCode, _, error, peak) = await KleverProcess.RunAsync(
            new Dictionary<string, string> { ["PLAIN_HTTP"] = "true" },
            "initialize", $"{registry.Host}/release/net:v1", target, "--layout=triton", "--name=net");

        Assert.True(exitCode == 0, error);
        Assert.InRange(peak, 10, 120);
        Assert.Equal((long)BlockSize * Blocks, new FileInfo(Path.Combine(target, "1", "model.onnx")).Length);
        TestContext.Current.TestOutputHelper?.WriteLine($"{peak:F0} MB");
    }

    private void WriteModel()
    {
        _directory.Write("large/ormbfile.yaml", "format: ONNX\n");
        using var file = new FileStream(_directory.Write("large/model/net.onnx", ""), FileMode.Append);
        var block = new byte[BlockSize];
        var random = new Random(1);
        for (var i = 0; i < Blocks; i++)
        {
            random.NextBytes(block);
            file.Write(block);
        }
    }
}
