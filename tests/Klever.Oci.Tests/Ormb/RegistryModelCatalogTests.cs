using Klever.Models;
using Klever.Oci.Ormb;
using Klever.Oci.Ormb.Catalog;
using Klever.Registry;
using Klever.Testing;

namespace Klever.Oci.Tests.Ormb;

/// <summary>A registry without Harbor's REST API: what it holds is found by its catalog, tags and manifests.</summary>
public sealed class RegistryModelCatalogTests : RegistryTest
{
    [Theory]
    [InlineData(1, 100, new[] { "v1", "v10", "v2" })]
    [InlineData(8, 100, new[] { "v1", "v10", "v2" })]
    [InlineData(8, 3, new[] { "v1", "v10" })]
    public async Task ListModels_LooksAtSoManyTagsInTheirOrder(int concurrency, int maximumTags, string[] expected)
    {
        await PushAsync(Repository(), "v2", "v10", "v1");
        await PushImageAsync(Repository(), "image");
        Registry.ClearRequests();

        var models = await new RegistryModelCatalog(Client(), maximumTags, concurrency).ListModelsAsync(Name, Stop).ToListAsync(Stop);

        Assert.Equal(expected, models.Select(model => Assert.Single(model.Tags)));
        Assert.All(models, model => Assert.Equal(("ONNX", Name), (model.OrmbFile.FormatName, model.Repository)));
        Assert.Equal(Math.Min(maximumTags, 4), Registry.Requests.Count(request => request.Path.Contains("/manifests/")));
    }

    [Fact]
    public async Task ListModels_ThatIsGivenUp_EndsWhatItBegan()
    {
        await PushAsync(Repository(), "v1", "v2", "v3");
        Registry.Add(new RegistryFault { When = RegistryFault.On("GET", "/manifests/v2"), Status = 403, Times = 2 });
        var catalog = new RegistryModelCatalog(Client(), concurrency: 8);

        var first = await catalog.ListModelsAsync(Name, Stop).FirstAsync(Stop);
        var failure = await Assert.ThrowsAsync<RegistryException>(async () => await catalog.ListModelsAsync(Name, Stop).ToListAsync(Stop));

        Assert.Equal("v1", first.Tags[0]);
        Assert.Contains("v2", failure.Message);
    }

    [Theory]
    [InlineData(OrmbFile.MaximumSize + 1, "which is the most that is read here")]
    [InlineData(1, "the registry has")]
    public async Task ListModels_BesideAConfigThatIsNotWhatItsManifestSays_HasAllOthersAndSaysSo(int size, string problem)
    {
        await PushAsync(Repository(), "v1", "v3");
        var manifest = (await Repository().FetchManifestAsync("v1", Stop)).Manifest!;
        var lying = ImageManifest.Create(new Descriptor(manifest.Config.MediaType, manifest.Config.Digest, size), manifest.Layers);
        await Repository().PushManifestAsync("v2", lying.ToJson(), MediaTypes.ImageManifest, Stop);
        var passedOver = new List<string>();

        var models = await new RegistryModelCatalog(Client(), passedOver: passedOver.Add).ListModelsAsync(Name, Stop).ToListAsync(Stop);

        Assert.Equal(["v1", "v3"], models.Select(model => model.Tags[0]));
        Assert.StartsWith($"{Name}:v2 is left out: ", Assert.Single(passedOver));
        Assert.Contains(problem, passedOver[0]);
        await Assert.ThrowsAsync<OciContentException>(() => new RegistryModelCatalog(Client()).FindModelAsync(Name, "v2", Stop));
    }

    [Fact]
    public async Task List_OfProjectsAndRepositories_IsSorted()
    {
        foreach (var name in new[] { "zoo/cat", "a/x", "a-b/x", "a/deep/x" })
        {
            await PushAsync(Client().Repository(name), "v1");
        }

        IModelCatalog catalog = new RegistryModelCatalog(Client());

        Assert.Equal(["a-b", "a", "zoo"], await catalog.ListProjectsAsync(Stop));
        Assert.Equal(["a-b/x", "a/deep/x", "a/x", "zoo/cat"], await catalog.ListRepositoriesAsync(Stop));
        Assert.Equal(["a/deep/x", "a/x"], await catalog.ListRepositoriesAsync("a", Stop));
        Assert.Empty(await catalog.ListModelsAsync("a/gone", Stop).ToListAsync(Stop));
        Assert.Null(await catalog.FindModelAsync("a/x", "gone", Stop));
    }

    [Fact]
    public async Task DeleteTag_OfSeveralOfOneModel_LeavesTheOthers()
    {
        await PushAsync(Repository(), "v1", "v2");
        var catalog = new RegistryModelCatalog(Client());

        await catalog.DeleteTagAsync(Name, "v1", Stop);

        Assert.Null(await catalog.FindModelAsync(Name, "v1", Stop));
        Assert.NotNull(await catalog.FindModelAsync(Name, "v2", Stop));
    }

    private static async Task PushAsync(RepositoryClient repository, params string[] tags)
    {
        using var directory = new TemporaryDirectory();
        directory.Write("model/net.onnx", "weights"u8);
        directory.Write("ormbfile.yaml", "format: ONNX\n"u8);
        foreach (var tag in tags)
        {
            await ModelArtifacts.PushAsync(repository, tag, ModelDirectory.Open(directory.Path), cancellationToken: Stop);
        }
    }

    private static async Task PushImageAsync(RepositoryClient repository, string tag)
    {
        var config = await repository.PushBlobAsync("{}"u8.ToArray(), MediaTypes.ImageConfig, Stop);
        await repository.PushManifestAsync(tag, ImageManifest.Create(config, []).ToJson(), MediaTypes.ImageManifest, Stop);
    }
}
