using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Klever.Local.Cluster;
using Klever.Models;
using Klever.Oci;
using Klever.Oci.Ormb;
using Klever.Registry;
using Klever.Samples;
using Klever.Testing;

namespace Klever.Functions.Tests.ModelJobs;

public sealed class ModelJobEndpointTests : IAsyncLifetime
{
    private const string Path = "/api/v1alpha1/namespaces/default/modeljobs";

    private InProcessRegistry? _registry;
    private LocalCluster? _cluster;
    private KleverApp? _app;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _registry = await InProcessRegistry.StartAsync(new InProcessRegistryOptions(), Token);
        _cluster = await LocalCluster.StartAsync(
            new LocalClusterOptions
            {
                DefinitionFiles = [System.IO.Path.Combine(SharedFolder.Repository, "knative/base/modeljob.crd.yaml")],
            },
            Token);
        _app = new KleverApp(
            ("Klever:Registry:Address", _registry.Address.ToString()), ("KUBERNETES_API", _cluster.Address.ToString()));
        using var files = new TemporaryDirectory();
        SampleModels.Write(ModelFormat.CaffeModel, files.Path);
        using var client = new RegistryClient(new RegistryOptions { Address = _registry.Address });
        await ModelArtifacts.PushAsync(client.Repository("team/cat"), "v1", ModelDirectory.Open(files.Path), cancellationToken: Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _app!.DisposeAsync();
        await _cluster!.DisposeAsync();
        await _registry!.DisposeAsync();
    }

    [Fact]
    public async Task Create_OfAChain_AnswersWithTheObject()
    {
        var (status, created) = await PostAsync(Conversion("CaffeModel", "ONNX", "team/cat:onnx"));

        Assert.Equal(HttpStatusCode.Created, status);
        Assert.StartsWith("convert-team-cat-v1-", created["metadata"]!["name"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal("true", created["metadata"]!["labels"]!["modeljob/convert"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("ONNX", "H5", "team/cat:new", "spec.conversion.mmdnn", "CaffeModel to ONNX")]
    [InlineData("H5", "SavedModel", "team/cat:new", "spec.conversion.mmdnn.from", "the model declares CaffeModel, not H5")]
    [InlineData("CaffeModel", "ONNX", "team/cat:v1", "spec.desiredTag", "is taken by another model")]
    [InlineData("CaffeModel", "ONNX", "team/cat", "spec.desiredTag", "must end in a tag")]
    [InlineData("CaffeModel", "Word", "team/cat:new", "spec.conversion.mmdnn.to", "is not one of")]
    public async Task Create_OfWhatCannotBe_NamesTheField(string from, string to, string target, string field, string message)
    {
        var (status, problem) = await PostAsync(Conversion(from, to, target));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains(message, problem["errors"]![field]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"spec":{"model":"team/dog:v1","extraction":{"format":"ONNX"}}}""", 422, "team/dog:v1 is not in the registry")]
    [InlineData("""{"spec":{"model":"team/cat:v1"}}""", 422, "exactly one of extraction and conversion")]
    [InlineData("""{"spec":{"model":"team/cat:v1","extraction":{"format":"CaffeModel"},"initContainer":[{"name":"x"}]}}""", 422, "spec.initContainer")]
    [InlineData("""{"spec":{"model":"team/cat:v1","extraction":{"format":"CaffeModel"},"env":[{"name":"HTTP_PROXY","value":"x"}]}}""", 422, "HTTP_PROXY")]
    [InlineData("""{"metadata":{"name":"x"}}""", 400, "is not a ModelJob")]
    public async Task Create_OfUnusableSpec_SaysWhy(string body, int expected, string message)
    {
        var (status, problem) = await PostAsync(body);

        Assert.Equal(expected, (int)status);
        Assert.Contains(message, problem["message"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_WithFilter_PagesAndCounts()
    {
        await PostAsync(Conversion("CaffeModel", "ONNX", "team/cat:a"));
        await PostAsync(Conversion("CaffeModel", "NetDef", "team/cat:b"));
        await PostAsync("""{"spec":{"model":"team/cat:v1","extraction":{"format":"CaffeModel"}}}""");

        var page = await GetAsync(Path + "?filter=modeljob/convert&start=1&limit=5");

        Assert.Equal(2, page["metadata"]!["totalItems"]!.GetValue<int>());
        Assert.Single(page["items"]!.AsArray());
    }

    [Fact]
    public async Task Delete_OfOne_LeavesNone()
    {
        var (_, created) = await PostAsync(Conversion("CaffeModel", "ONNX", "team/cat:a"));
        var one = $"{Path}/{created["metadata"]!["name"]}";
        using var client = _app!.CreateClient();

        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(one, Token)).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await client.DeleteAsync(one, Token)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync(one, Token)).StatusCode);
    }

    private static string Conversion(string from, string to, string target) =>
        $$$"""{"spec":{"model":"team/cat:v1","desiredTag":"{{{target}}}","conversion":{"mmdnn":{"from":"{{{from}}}","to":"{{{to}}}"} } } }""";

    private async Task<(HttpStatusCode Status, JsonNode Body)> PostAsync(string body)
    {
        using var client = _app!.CreateClient();
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        var answer = await client.PostAsync(Path, content, Token);
        return (answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync(Token))!);
    }

    private async Task<JsonNode> GetAsync(string path)
    {
        using var client = _app!.CreateClient();
        return JsonNode.Parse(await client.GetStringAsync(path, Token))!;
    }
}
