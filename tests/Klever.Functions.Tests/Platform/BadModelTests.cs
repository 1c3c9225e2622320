using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using Klever.Kubernetes.ModelJobs;
using Klever.Models;
using Klever.Oci;
using Klever.Samples;

namespace Klever.Functions.Tests.Platform;

/// <summary>What is no model, or a damaged one: a clear answer, and the artifact stays as it was pushed.</summary>
[Collection("Platform")]
public sealed class BadModelTests(PlatformFixture fixture) : IDisposable
{
    private const string LayerType = "application/tar+gzip";
    private readonly Models _models = new(fixture.Platform);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string, string, string> DamagedLayers => new()
    {
        { "truncated", ModelJobReasons.ExportFailed, "failed to export model" },
        { "not-gzip", ModelJobReasons.ExportFailed, "failed to export model" },
        { "escape", ModelJobReasons.ExportFailed, "../evil" },
        { "symlink", ModelJobReasons.ExportFailed, "link" },
        { "other-format", ModelJobReasons.NotTheFormat, "classifier.onnx" },
        { "no-file", ModelJobReasons.NotTheFormat, "*.onnx" },
    };

    [Theory]
    [MemberData(nameof(DamagedLayers))]
    public async Task Push_OfADamagedModel_EndsAsFailedAndLeavesItAlone(string damage, string reason, string sentence)
    {
        var repository = $"bad/{damage}";
        var pushed = await PushAsync(repository, """{"format":"ONNX"}""", Layer(damage));

        var job = Assert.Single(await _models.WaitForEndAsync(repository));

        Assert.Equal((ModelJobPhases.Failed, reason), (job.Status!.Phase, job.Status.Conditions![0].Reason));
        Assert.Contains(sentence, job.Status.Message);
        Assert.Equal(pushed.Digest, (await _models.Repository(repository).ResolveAsync("v1", Token)).Digest);
    }

    [Theory]
    [InlineData("array-config", "[]")]
    [InlineData("text-config", "hello")]
    [InlineData("no-format", "{}")]
    [InlineData("unknown-format", """{"format":"GGUF"}""")]
    public async Task Push_OfWhatIsNoReadableModel_LeadsToNoJob(string name, string config)
    {
        var repository = $"bad/{name}";
        await PushAsync(repository, config, Layer("none"));
        await _models.PushAsync($"bad/after-{name}", "v1", ModelFormat.Onnx);

        await _models.WaitForEndAsync($"bad/after-{name}");

        Assert.Empty(await _models.ModelJobsOfAsync(repository));
    }

    [Fact]
    public async Task Push_OfAContainerImage_LeadsToNoJob()
    {
        var repository = _models.Repository("bad/image");
        var config = await repository.PushBlobAsync("{}"u8.ToArray(), "application/vnd.oci.image.config.v1+json", Token);
        var layer = await repository.PushBlobAsync(Layer("none"), "application/vnd.oci.image.layer.v1.tar+gzip", Token);
        var manifest = ImageManifest.Create(config, [layer]);
        await repository.PushManifestAsync("v1", manifest.ToJson(), MediaTypes.ImageManifest, Token);
        await _models.PushAsync("bad/after-image", "v1", ModelFormat.Onnx);

        await _models.WaitForEndAsync("bad/after-image");

        Assert.Empty(await _models.ModelJobsOfAsync("bad/image"));
    }

    public void Dispose() => _models.Dispose();

    private async Task<Descriptor> PushAsync(string name, string config, byte[] layer)
    {
        var repository = _models.Repository(name);
        var configBlob = await repository.PushBlobAsync(Encoding.UTF8.GetBytes(config), OrmbFile.MediaType, Token);
        var layerBlob = await repository.PushBlobAsync(layer, LayerType, Token);
        var manifest = ImageManifest.Create(configBlob, [layerBlob], mediaType: null);
        return await repository.PushManifestAsync("v1", manifest.ToJson(), MediaTypes.ImageManifest, Token);
    }

    private static byte[] Layer(string damage)
    {
        var onnx = SampleModels.Files(ModelFormat.Onnx).Single();
        var good = Gzip(Tar(($"model/{onnx.Key}", onnx.Value)));
        return damage switch
        {
            "truncated" => good[..(good.Length / 2)],
            "not-gzip" => Encoding.UTF8.GetBytes("this is no archive"),
            "escape" => Gzip(Tar(($"model/{onnx.Key}", onnx.Value), ("model/../../evil", [1]))),
            "symlink" => Gzip(SymbolicLink()),
            "other-format" => Gzip(Tar(($"model/{onnx.Key}", Encoding.UTF8.GetBytes("<PMML/>")))),
            "no-file" => Gzip(Tar(("model/readme.txt", [1]))),
            _ => good,
        };
    }

    private static byte[] Tar(params (string Path, byte[] Content)[] files)
    {
        using var stream = new MemoryStream();
        using (var writer = new TarWriter(stream, TarEntryFormat.Ustar, leaveOpen: true))
        {
            foreach (var (path, content) in files)
            {
                writer.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, path) { DataStream = new MemoryStream(content) });
            }
        }

        return stream.ToArray();
    }

    private static byte[] SymbolicLink()
    {
        using var stream = new MemoryStream();
        using (var writer = new TarWriter(stream, TarEntryFormat.Ustar, leaveOpen: true))
        {
            writer.WriteEntry(new UstarTarEntry(TarEntryType.SymbolicLink, "model/net.onnx") { LinkName = "/etc/passwd" });
        }

        return stream.ToArray();
    }

    private static byte[] Gzip(byte[] content)
    {
        using var stream = new MemoryStream();
        using (var gzip = new GZipStream(stream, CompressionLevel.Fastest))
        {
            gzip.Write(content);
        }

        return stream.ToArray();
    }
}
