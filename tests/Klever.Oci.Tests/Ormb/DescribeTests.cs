using System.Text;
using Klever.Models;
using Klever.Oci.Ormb;
using Klever.Registry;
using Klever.Testing;

namespace Klever.Oci.Tests.Ormb;

public sealed class DescribeTests : RegistryTest, IAsyncLifetime
{
    private const string Immutable = """{"errors":[{"code":"PRECONDITION","message":"configured as immutable"}]}""";

    private static readonly Signature Found = new()
    {
        Inputs = [new Tensor { Name = "x", Size = [-1, 3], DType = "float32" }],
        Layers = [new LayerCount("Add", 2)],
    };

    private readonly TemporaryDirectory _directory = new();

    public new ValueTask DisposeAsync()
    {
        _directory.Dispose();
        return base.DisposeAsync();
    }

    [Fact]
    public async Task Describe_OfATag_ChangesConfigAndAnnotationsOnly()
    {
        var repository = Repository();
        var source = await PushAsync(repository, "author: Ada");

        var outcome = await DescribeAsync(repository, "v1", source);

        var model = await ModelArtifacts.FetchAsync(repository, "v1", Stop);
        Assert.Equal(new DescribeOutcome(DescribeResult.Updated, model.Digest), outcome);
        Assert.Equal(Encoding.UTF8.GetString(source.Layer.ToJson()), Encoding.UTF8.GetString(model.Layer.ToJson()));
        Assert.Equal("Ada", model.OrmbFile.Author);
        Assert.Equal(Found, model.OrmbFile.Signature);
        Assert.Equal(new ExtractionMark(source.Digest, "extract-1", "7"), model.Extraction);
    }

    [Fact]
    public async Task Describe_OfALargeModel_SendsFewBytesAndLeavesTheLayerAlone()
    {
        var repository = Repository();
        var source = await PushAsync(repository, "format: ONNX", size: 3_000_000);
        Registry.ClearRequests();

        await DescribeAsync(repository, "v1", source);

        Assert.InRange(Registry.Requests.Sum(request => request.BytesReceived), 1, 16 * 1024);
        Assert.DoesNotContain(Registry.Requests, request => request.Path.Contains(source.Layer.Digest.Hex, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Describe_KeepsWhatTheManifestSaidBefore()
    {
        var repository = Repository();
        var config = (await repository.PushBlobAsync("{}"u8.ToArray(), OrmbFile.MediaType, Stop))
            .WithAnnotations(new Dictionary<string, string> { ["io.goharbor.artifact.v1alpha1.skip-list"] = "training" });
        var layer = await repository.PushBlobAsync(TarBytes.Simple.Gzip(), ModelLayer.MediaType, Stop);
        var manifest = ImageManifest.Create(
            config, [layer], mediaType: null, annotations: new Dictionary<string, string> { ["org.example.kept"] = "yes" });
        await repository.PushManifestAsync("v1", manifest.ToJson(), MediaTypes.ImageManifest, Stop);
        var source = await ModelArtifacts.FetchAsync(repository, "v1", Stop);

        await DescribeAsync(repository, "v1", source);

        var model = await ModelArtifacts.FetchAsync(repository, "v1", Stop);
        Assert.Equal("training", model.Manifest.Config.Annotations["io.goharbor.artifact.v1alpha1.skip-list"]);
        Assert.Equal("yes", model.Manifest.Annotations["org.example.kept"]);
        Assert.Null(model.Manifest.MediaType);
    }

    [Fact]
    public async Task Describe_Twice_IsAlreadyDoneAndSendsNothing()
    {
        var repository = Repository();
        var source = await PushAsync(repository, "format: ONNX");
        var first = await DescribeAsync(repository, "v1", source);
        Registry.ClearRequests();

        var second = await DescribeAsync(repository, "v1", source);

        Assert.Equal(new DescribeOutcome(DescribeResult.AlreadyDone, first.Digest), second);
        Assert.Equal(0, Registry.Requests.Sum(request => request.BytesReceived));
    }

    [Fact]
    public async Task Describe_AfterTheTagMoved_IsSupersededAndChangesNothing()
    {
        var repository = Repository();
        var source = await PushAsync(repository, "format: ONNX");
        var other = await PushAsync(repository, "author: Bob");

        var outcome = await DescribeAsync(repository, "v1", source);

        Assert.Equal(new DescribeOutcome(DescribeResult.Superseded, other.Digest), outcome);
        Assert.Equal(other.Digest, (await repository.ResolveAsync("v1", Stop)).Digest);
    }

    [Fact]
    public async Task Describe_WhileTheTagMoves_IsSupersededAndChangesNothing()
    {
        var repository = Repository();
        var other = await PushAsync(repository, "author: Bob", tag: "v2");
        var source = await PushAsync(repository, "format: ONNX");
        Registry.Add(new RegistryFault
        {
            When = RegistryFault.On("PUT", "/blobs/uploads/"),
            Then = () => Repository().TagAsync("v2", "v1", Stop).GetAwaiter().GetResult(),
        });

        var outcome = await DescribeAsync(repository, "v1", source);

        Assert.Equal(new DescribeOutcome(DescribeResult.Superseded, other.Digest), outcome);
        Assert.Equal(other.Digest, (await repository.ResolveAsync("v1", Stop)).Digest);
    }

    [Fact]
    public async Task Describe_WhileTheSameJobIsCompletedElsewhere_IsDoneAndNotSuperseded()
    {
        var repository = Repository();
        var source = await PushAsync(repository, "author: Ada");
        var mark = new ExtractionMark(source.Digest, "extract-1", "7");

        var outcome = await ModelArtifacts.DescribeAsync(
            repository,
            "v1",
            mark,
            ormbFile =>
            {
                var elsewhere = ModelArtifacts.DescribeAsync(repository, "v1", mark, file => file.WithExtracted(Found), Stop);
                Assert.Equal(DescribeResult.Updated, elsewhere.GetAwaiter().GetResult().Result);
                return ormbFile.WithExtracted(Found);
            },
            Stop);

        var model = await ModelArtifacts.FetchAsync(repository, "v1", Stop);
        Assert.Equal(new DescribeOutcome(DescribeResult.AlreadyDone, model.Digest), outcome);
    }

    [Fact]
    public async Task Describe_AfterTheTagWasDeleted_IsSuperseded()
    {
        var repository = Repository();
        var source = await PushAsync(repository, "format: ONNX");
        await repository.DeleteManifestAsync(source.Digest, Stop);

        Assert.Equal(new DescribeOutcome(DescribeResult.Superseded, Digest: null), await DescribeAsync(repository, "v1", source));
    }

    [Fact]
    public async Task Describe_OfAnImmutableTag_AttachesTheSignature()
    {
        var repository = Repository();
        var source = await PushAsync(repository, "format: ONNX");
        Registry.Add(new RegistryFault { When = RegistryFault.On("PUT", "/manifests/v1"), Status = 412, Body = Immutable });

        var outcome = await DescribeAsync(repository, "v1", source);

        await AssertAttachedAsync(repository, source, outcome);
        Assert.Equal(source.Digest, (await repository.ResolveAsync("v1", Stop)).Digest);
    }

    [Fact]
    public async Task Describe_WithoutATag_AttachesTheSignature()
    {
        var repository = Repository();
        var source = await PushAsync(repository, "format: ONNX");

        var outcome = await DescribeAsync(repository, tag: null, source);

        await AssertAttachedAsync(repository, source, outcome);
    }

    [Fact]
    public async Task Describe_OfAnImmutableTagTwice_AttachesOnce()
    {
        var repository = Repository();
        var source = await PushAsync(repository, "format: ONNX");
        Registry.Add(new RegistryFault { When = RegistryFault.On("PUT", "/manifests/v1"), Status = 412, Body = Immutable, Times = 2 });

        var first = await DescribeAsync(repository, "v1", source);
        var second = await DescribeAsync(repository, "v1", source);

        Assert.Equal(first, second);
        Assert.Single(await repository.ListReferrersAsync(source.Digest, cancellationToken: Stop));
    }

    private static Task<DescribeOutcome> DescribeAsync(RepositoryClient repository, string? tag, ModelArtifact source) =>
        ModelArtifacts.DescribeAsync(
            repository, tag, new ExtractionMark(source.Digest, "extract-1", "7"), file => file.WithExtracted(Found), Stop);

    private static async Task AssertAttachedAsync(RepositoryClient repository, ModelArtifact source, DescribeOutcome outcome)
    {
        Assert.Equal(DescribeResult.AttachedAsReferrer, outcome.Result);
        var referrer = Assert.Single(await repository.ListReferrersAsync(
            source.Digest, "application/vnd.kleveross.model.signature.v1+json", Stop));
        Assert.Equal(outcome.Digest, referrer.Digest);
        var manifest = (await repository.FetchManifestAsync(referrer.Digest.ToString(), Stop)).Manifest!;
        Assert.Equal(source.Descriptor, manifest.Subject);
        Assert.Equal(
            """{"inputs":[{"name":"x","size":[-1,3],"dType":"float32"}],"outputs":[],"layers":{"Add":2}}""",
            Encoding.UTF8.GetString(await repository.FetchBlobBytesAsync(manifest.Layers[0], cancellationToken: Stop)));
    }

    private Task<ModelArtifact> PushAsync(RepositoryClient repository, string ormbFile, int size = 100, string tag = "v1")
    {
        _directory.Write("model/net.onnx", Bytes(size));
        _directory.Write("ormbfile.yaml", ormbFile);
        return ModelArtifacts.PushAsync(repository, tag, ModelDirectory.Open(_directory.Path), cancellationToken: Stop);
    }
}
