using Klever.Models;
using Klever.Oci.Layout;
using Klever.Oci.Ormb;
using Klever.Registry;
using Klever.Testing;

namespace Klever.Oci.Tests.Ormb;

public sealed class ModelArtifactsTests : RegistryTest, IAsyncLifetime
{
    private readonly TemporaryDirectory _directory = new();

    public new ValueTask DisposeAsync()
    {
        _directory.Dispose();
        return base.DisposeAsync();
    }

    [Fact]
    public async Task Push_HasTheManifestOfOrmb()
    {
        var pushed = await ModelArtifacts.PushAsync(Repository(), "v1", OpenModel(), cancellationToken: Stop);

        var manifest = (await Repository().FetchManifestAsync("v1", Stop)).Manifest!;
        Assert.Equal(pushed.Digest, (await Repository().ResolveAsync("v1", Stop)).Digest);
        Assert.Equal("application/vnd.caicloud.model.config.v1alpha1+json", manifest.Config.MediaType);
        Assert.Equal("application/tar+gzip", Assert.Single(manifest.Layers).MediaType);
        Assert.Equal("application/vnd.oci.image.manifest.v1+json", manifest.MediaType);
    }

    [Fact]
    public async Task Push_ThatBreaks_IsBegunAnew()
    {
        Registry.Add(new RegistryFault { When = RegistryFault.On("PATCH", "/blobs/uploads/"), CutRequestAfter = 500_000 });

        var pushed = await ModelArtifacts.PushAsync(Repository(), "v1", OpenModel(), cancellationToken: Stop);

        await using var layer = await Repository().FetchBlobAsync(pushed.Layer, Stop);
        await ModelLayer.ExtractToAsync(layer, pushed.Layer.MediaType, _directory.Combine("out"), cancellationToken: Stop);
        Assert.Equal(Bytes(2_000_000), File.ReadAllBytes(_directory.Combine("out", "model", "net.onnx")));
    }

    [Fact]
    public async Task Push_OfEqualFiles_HasTheSameDigest()
    {
        var first = await ModelArtifacts.PushAsync(Repository(), "v1", OpenModel(), cancellationToken: Stop);
        var second = await ModelArtifacts.PushAsync(Repository(), "v2", OpenModel(), cancellationToken: Stop);

        Assert.Equal(first.Digest, second.Digest);
    }

    [Fact]
    public async Task Read_OfALayerThatWasAlteredOnTheWay_BlamesTheDigest()
    {
        var pushed = await ModelArtifacts.PushAsync(Repository(), "v1", OpenModel(), cancellationToken: Stop);
        Registry.Add(new RegistryFault { When = RegistryFault.On("GET", pushed.Layer.Digest.Hex), FlipByteAt = 20 });
        await using var layer = await Repository().FetchBlobAsync(pushed.Layer, Stop);

        var exception = await Assert.ThrowsAsync<OciContentException>(
            () => ModelLayer.ReadAsync(layer, pushed.Layer.MediaType, (_, _, _) => { }, cancellationToken: Stop));

        Assert.Equal(OciContentProblem.DigestMismatch, exception.Problem);
    }

    [Fact]
    public async Task Read_WhenCancelled_Stops()
    {
        var pushed = await ModelArtifacts.PushAsync(Repository(), "v1", OpenModel(), cancellationToken: Stop);
        Registry.Add(new RegistryFault { When = RegistryFault.On("GET", pushed.Layer.Digest.Hex), StallAfter = 1_000_000 });
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        await using var layer = await Repository().FetchBlobAsync(pushed.Layer, Stop);

        var reading = ModelLayer.ReadAsync(layer, pushed.Layer.MediaType, (_, _, _) => cancel.CancelAfter(100), cancellationToken: cancel.Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading.WaitAsync(TimeSpan.FromSeconds(20), Stop));
    }

    [Fact]
    public async Task SavePushPull_ThroughLayouts_KeepsEveryDigest()
    {
        var first = OciLayoutWriter.Create(_directory.Combine("first"));
        var second = OciLayoutWriter.Create(_directory.Combine("second"));

        var saved = await ModelArtifacts.SaveAsync(first, "a", OpenModel(), cancellationToken: Stop);
        await ModelArtifacts.PushAsync(Repository(), "v1", first.Layout, saved, cancellationToken: Stop);
        var fetched = await ModelArtifacts.FetchAsync(Repository(), "v1", Stop);
        await ModelArtifacts.PullAsync(Repository(), fetched, second, "b", cancellationToken: Stop);

        Assert.Equal(saved.Digest, fetched.Digest);
        var found = ModelArtifacts.TryFind(second.Layout, "b")!;
        Assert.Equal((saved.Digest, saved.Layer.Digest), (found.Digest, found.Layer.Digest));
        Assert.Null(ModelArtifacts.TryFind(second.Layout, "c"));
    }

    [Theory]
    [InlineData("image", NotAModelReason.ConfigType, "its config is of type application/vnd.oci.image.config.v1+json")]
    [InlineData("two layers", NotAModelReason.LayerCount, "it has 2 layers; a model has exactly one")]
    [InlineData("subject", NotAModelReason.HasSubject, "it has a subject, so it says something about another artifact")]
    [InlineData("array", NotAModelReason.Config, "the config is not a JSON object")]
    [InlineData("index", NotAModelReason.NotAManifest, "it is of type application/vnd.oci.image.index.v1+json, not a manifest")]
    public async Task Fetch_OfSomethingElse_SaysWhatItIs(string kind, NotAModelReason reason, string message)
    {
        var repository = Repository();
        await PushOtherAsync(repository, kind);

        var exception = await Assert.ThrowsAsync<NotAModelException>(() => ModelArtifacts.FetchAsync(repository, "v1", Stop));

        Assert.Equal(reason, exception.Reason);
        Assert.StartsWith($"{Name} v1 is not an ORMB model: {message}", exception.Message, StringComparison.Ordinal);
    }

    private static async Task PushOtherAsync(RepositoryClient repository, string kind)
    {
        var json = kind == "array" ? "[1]"u8.ToArray() : "{}"u8.ToArray();
        var config = await repository.PushBlobAsync(json, kind == "image" ? MediaTypes.ImageConfig : OrmbFile.MediaType, Stop);
        var layer = await repository.PushBlobAsync(TarBytes.Simple.Gzip(), ModelLayer.MediaType, Stop);
        var manifest = ImageManifest.Create(
            config, kind == "two layers" ? [layer, layer] : [layer], subject: kind == "subject" ? config : null);
        var content = kind == "index" ? ImageIndex.Create([]).ToJson() : manifest.ToJson();
        await repository.PushManifestAsync("v1", content, kind == "index" ? MediaTypes.ImageIndex : MediaTypes.ImageManifest, Stop);
    }

    private ModelDirectory OpenModel()
    {
        _directory.Write("model/net.onnx", Bytes(2_000_000));
        return ModelDirectory.Open(_directory.Path);
    }
}
