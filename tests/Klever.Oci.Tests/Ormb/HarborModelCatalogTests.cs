using System.Text.Json.Nodes;
using Klever.Oci.Harbor;
using Klever.Oci.Ormb.Catalog;
using WireMock.RequestBuilders;
using WireMock.ResponseBuilders;
using WireMock.Server;

namespace Klever.Oci.Tests.Ormb;

/// <summary>Harbor is asked by its REST API, page by page, and never by its catalog, which a robot may not read.</summary>
public sealed class HarborModelCatalogTests : IDisposable
{
    private const string Digest = "sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    private readonly WireMockServer _harbor = WireMockServer.Start();
    private readonly HarborClient _client;
    private readonly HarborModelCatalog _catalog;

    public HarborModelCatalogTests()
    {
        var options = new RegistryOptions { Address = new Uri(_harbor.Url! + "/"), Credential = new RegistryCredential("robot$k", "s") };
        _client = new HarborClient(options);
        _catalog = new HarborModelCatalog(_client);
        Answer("/api/v2.0/projects", """[{"name":"zoo"},{"name":"a"},{"name":"a-b"}]""");
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ListRepositories_OfHarbor_GivesThoseOfEveryProjectInOrder()
    {
        Answer("/api/v2.0/projects/zoo/repositories", """[{"name":"zoo/cat"}]""");
        Answer("/api/v2.0/projects/a/repositories", """[{"name":"a/x"}]""");
        Answer("/api/v2.0/projects/a-b/repositories", """[{"name":"a-b/x"}]""");

        var names = await _catalog.ListRepositoriesAsync(Token);

        Assert.Equal(["a-b/x", "a/x", "zoo/cat"], names);
        Assert.DoesNotContain(_harbor.LogEntries, entry => entry.RequestMessage!.Path.Contains("_catalog", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ListModels_OfHarbor_ReadsAHundredWithOneAnswer()
    {
        const string Path = "/api/v2.0/projects/zoo/repositories/cat/artifacts";
        Page(Path, 1, Enumerable.Range(0, 100).Select(i => Artifact($"v{i}")), total: 101);
        Page(Path, 2, [Artifact("last")], total: 101);

        var models = await _catalog.ListModelsAsync("zoo/cat", Token).ToListAsync(Token);

        Assert.Equal(101, models.Count);
        Assert.Equal((Digest, "ONNX", "last"), (models[^1].Digest.ToString(), models[^1].OrmbFile.FormatName, models[^1].Tags[0]));
        Assert.Equal(2, _harbor.LogEntries.Count);
    }

    [Fact]
    public async Task ListModels_OfHarbor_LeavesOutWhatIsNoModelOrHasNoTag()
    {
        Answer("/api/v2.0/projects/zoo/repositories/cat/artifacts", new JsonArray(
            Artifact("v1", mediaType: "application/vnd.oci.image.config.v1+json"), Artifact(tag: null), Artifact("described", extracted: true)).ToJsonString());

        var model = Assert.Single(await _catalog.ListModelsAsync("zoo/cat", Token).ToListAsync(Token));

        Assert.Equal(("described", "1"), (model.Tags[0], model.Extraction!.Version));
    }

    [Theory]
    [InlineData(70)]
    [InlineData(5000)]
    public async Task ListModels_BesideADescriptionThatIsTooDeep_AreTheOthers(int depth)
    {
        var deep = string.Concat(Enumerable.Repeat("""{"a":""", depth)) + "1" + new string('}', depth);
        var hostile = Artifact("hostile").ToJsonString().Replace("""{"format":"ONNX"}""", deep, StringComparison.Ordinal);
        Answer("/api/v2.0/projects/zoo/repositories/cat/artifacts", $"[{hostile},{Artifact("v1").ToJsonString()}]");

        var model = Assert.Single(await _catalog.ListModelsAsync("zoo/cat", Token).ToListAsync(Token));

        Assert.Equal("v1", model.Tags[0]);
    }

    [Fact]
    public async Task ListModels_OfARepositoryThatIsGone_AreNoneForWhoListsMany()
    {
        _harbor.Given(Request.Create().WithPath("/api/v2.0/projects/zoo/repositories/gone/artifacts"))
            .RespondWith(Response.Create().WithStatusCode(404).WithBody("""{"errors":[{"code":"NOT_FOUND","message":"gone"}]}"""));

        var failure = await Assert.ThrowsAsync<HarborException>(async () => await _catalog.ListModelsAsync("zoo/gone", Token).ToListAsync(Token));
        Assert.True(failure.IsNotFound);
        Assert.Empty(await _catalog.ListModelsAsync("zoo/gone", Token).NoneWhenGone(Token).ToListAsync(Token));
    }

    public void Dispose()
    {
        _client.Dispose();
        _harbor.Dispose();
    }

    private static JsonNode Artifact(string? tag, string mediaType = "application/vnd.caicloud.model.config.v1alpha1+json", bool extracted = false) => new JsonObject
    {
        ["digest"] = Digest,
        ["repository_name"] = "zoo/cat",
        ["media_type"] = mediaType,
        ["tags"] = tag is null ? null : new JsonArray(new JsonObject { ["name"] = tag }),
        ["extra_attrs"] = new JsonObject { ["format"] = "ONNX" },
        ["annotations"] = extracted
            ? new JsonObject { ["io.kleveross.extraction.source"] = Digest, ["io.kleveross.extraction.version"] = "1" }
            : null,
    };

    private void Answer(string path, string body) => _harbor.Given(Request.Create().WithPath(path))
        .RespondWith(Response.Create().WithBody(body));

    private void Page(string path, int page, IEnumerable<JsonNode> artifacts, int total) => _harbor
        .Given(Request.Create().WithPath(path).WithParam("page", $"{page}"))
        .RespondWith(Response.Create().WithHeader("X-Total-Count", $"{total}").WithBody(new JsonArray([.. artifacts]).ToJsonString()));
}
