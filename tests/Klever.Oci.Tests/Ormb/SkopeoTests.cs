using System.Diagnostics;
using System.Text.Json.Nodes;
using Klever.Models;
using Klever.Oci.Ormb;
using Klever.Testing;
using Klever.Testing.Registry;

namespace Klever.Oci.Tests.Ormb;

/// <summary>What an independent client sees of our artifacts in the real registry.</summary>
public sealed class SkopeoTests : IDisposable
{
    private const string Skopeo = "/usr/bin/skopeo";

    private readonly TemporaryDirectory _directory = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Describe_SeenBySkopeo_KeepsTheLayerDescriptor()
    {
        Assert.SkipUnless(File.Exists(Skopeo), "skopeo is missing");
        await using var registry = await DockerRegistry.StartAsync(cancellationToken: Stop);
        using var client = new RegistryClient(RegistryOptions.ForHost(registry.Host, plainHttp: true));
        var repository = client.Repository("team/model");
        _directory.Write("model/net.onnx", new byte[100_000]);
        var source = await ModelArtifacts.PushAsync(repository, "v1", ModelDirectory.Open(_directory.Path), cancellationToken: Stop);
        var before = await InspectAsync(registry);

        var mark = new ExtractionMark(source.Digest, "extract-1", "1");
        await ModelArtifacts.DescribeAsync(repository, "v1", mark, file => file.With("author", JsonValue.Create("Ada")), Stop);

        var after = await InspectAsync(registry);
        Assert.Equal(before["layers"]!.ToJsonString(), after["layers"]!.ToJsonString());
        Assert.NotEqual(before["config"]!.ToJsonString(), after["config"]!.ToJsonString());
        Assert.Equal(source.Digest.ToString(), (string?)after["annotations"]!["io.kleveross.extraction.source"]);
        Assert.Equal(OrmbFile.MediaType, (string?)after["config"]!["mediaType"]);
    }

    private static async Task<JsonObject> InspectAsync(DockerRegistry registry)
    {
        var start = new ProcessStartInfo(Skopeo, ["inspect", "--raw", "--tls-verify=false", $"docker://{registry.Host}/team/model:v1"])
        {
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(Stop);
        await process.WaitForExitAsync(Stop);
        Assert.Equal(0, process.ExitCode);
        return JsonNode.Parse(output)!.AsObject();
    }
}
