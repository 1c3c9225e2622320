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

/// <summary>The routes of Klever Model Registry around ModelJobs: names, codes and bodies. Where it crashes or answers with nothing,
/// the mended answer stands here.</summary>
public sealed class OriginalRouteTests(OriginalRouteTests.Fixture fixture) : IClassFixture<OriginalRouteTests.Fixture>
{
    private const string Space = "/api/v1alpha1/namespaces/default";
    private const string Jobs = Space + "/modeljobs";
    private const string Extraction = """{"metadata":{"name":"NAME"},"spec":{"model":"team/cat:v1","extraction":{"format":"CaffeModel"}}}""";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("GET", Jobs + "?start=7", "", 200, "/items", "[]")]
    [InlineData("GET", Jobs + "?start=7", "", 200, "/metadata", """{"totalItems":1}""")]
    [InlineData("GET", Jobs + "?limit=0", "", 200, "/items", "[]")]
    [InlineData("GET", Jobs + "?filter=modeljob/convert", "", 200, "/metadata", """{"totalItems":0}""")]
    [InlineData("GET", Jobs + "?filter=modeljob/extract", "", 200, "/metadata", """{"totalItems":1}""")]
    [InlineData("GET", Jobs + "?start=-1", "", 400, "/message", "\"start should greater or equal 0\"")]
    [InlineData("GET", Jobs + "?limit=-1", "", 400, "/message", "\"limit should greater or equal 0\"")]
    [InlineData("GET", Jobs + "?start=x", "", 400, "/title", "\"Bad Request\"")]
    [InlineData("GET", Jobs + "?filter=x", "", 400, "/message", "\"filter is modeljob/extract or modeljob/convert, not \\u0022x\\u0022.\"")]
    [InlineData("GET", Jobs + "/present", "", 200, "/spec/model", "\"team/cat:v1\"")]
    [InlineData("GET", Jobs + "/present/", "", 200, "/kind", "\"ModelJob\"")]
    [InlineData("GET", Jobs + "/absent", "", 404, "/status", "404")]
    [InlineData("DELETE", Jobs + "/absent", "", 404, "/status", "404")]
    [InlineData("PUT", Jobs + "/present", "{}", 405, "/message", "\"Method Not Allowed\"")]
    [InlineData("POST", Jobs, "{", 400, "/status", "400")]
    [InlineData("POST", Jobs, "[]", 400, "/message", "\"The body is not a JSON object.\"")]
    [InlineData("POST", Jobs, """{"spec":{"model":"team/cat:v1","desiredTag":"team/cat:x","conversion":{}}}""", 422, "/status", "422")]
    [InlineData(
        "POST", Jobs,
        """{"spec":{"model":"team/cat:v1","extraction":{"format":"CaffeModel"},"env":[{"name":"MODELJOB_TASK_CPU","value":"lots"},{"name":"MODELJOB_TASK_MEM","value":"1Gi"}]}}""",
        422, "/status", "422")]
    [InlineData("GET", Jobs + "/present/events", "", 200, "/items", "[]")]
    [InlineData("GET", Jobs + "/absent/events", "", 404, "/status", "404")]
    [InlineData("GET", Space + "/pods", "", 200, "/items", "[]")]
    [InlineData("GET", Space + "/pods?filterBy=job-name:absent,a=b", "", 200, "/kind", "\"PodList\"")]
    [InlineData("GET", Space + "/pods?filterBy=x", "", 400, "/status", "400")]
    [InlineData("GET", Space + "/pods/absent/logs", "", 404, "/status", "404")]
    [InlineData("GET", Space + "/pods/absent/logs?reflineNum=x", "", 400, "/status", "400")]
    public async Task Route_AnswersAsTheOriginal(string method, string path, string body, int status, string pointer, string expected)
    {
        var (answered, answer) = await SendAsync(method, path, body);

        Assert.Equal(status, answered);
        var found = pointer.Split('/')[1..].Aggregate(answer, (node, name) => node![name]);
        Assert.Equal(expected, found!.ToJsonString());
    }

    [Fact]
    public async Task Create_OfANameThatIsTaken_IsAConflict()
    {
        var (status, _) = await SendAsync("POST", Jobs, Extraction.Replace("NAME", "present", StringComparison.Ordinal));

        Assert.Equal(409, status);
    }

    [Fact]
    public async Task CreateAndDelete_Answer201And204()
    {
        var (created, modelJob) = await SendAsync("POST", Space + "2/modeljobs", Extraction.Replace("NAME", "", StringComparison.Ordinal));
        var name = modelJob!["metadata"]!["name"]!.GetValue<string>();
        var (deleted, body) = await SendAsync("DELETE", $"{Space}2/modeljobs/{name}", "");

        Assert.Equal((201, 204), (created, deleted));
        Assert.Equal(("default2", "true"), (
            modelJob["metadata"]!["namespace"]!.GetValue<string>(), modelJob["metadata"]!["labels"]!["modeljob/extract"]!.GetValue<string>()));
        Assert.Null(body);
    }

    private async Task<(int Status, JsonNode? Body)> SendAsync(string method, string path, string body)
    {
        using var client = fixture.App.CreateClient();
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (body.Length > 0)
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }

        using var answer = await client.SendAsync(request, Token);
        var text = await answer.Content.ReadAsStringAsync(Token);
        return ((int)answer.StatusCode, text.Length == 0 ? null : JsonNode.Parse(text));
    }

    public sealed class Fixture : IAsyncLifetime
    {
        private InProcessRegistry? _registry;
        private LocalCluster? _cluster;

        internal KleverApp App { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            _registry = await InProcessRegistry.StartAsync(new InProcessRegistryOptions(), CancellationToken.None);
            _cluster = await LocalCluster.StartAsync(
                new LocalClusterOptions
                {
                    DefinitionFiles = [Path.Combine(SharedFolder.Repository, "knative/base/modeljob.crd.yaml")],
                    Namespaces = ["default", "default2"],
                },
                CancellationToken.None);
            App = new KleverApp(
                ("KLEVER_FUNCTIONS", "model-jobs,cluster"), ("KLEVER_FACE", "public"), ("Klever:Registry:Address", _registry.Address.ToString()), ("KUBERNETES_API", _cluster.Address.ToString()));
            using var files = new TemporaryDirectory();
            SampleModels.Write(ModelFormat.CaffeModel, files.Path);
            using var registry = new RegistryClient(new RegistryOptions { Address = _registry.Address });
            await ModelArtifacts.PushAsync(registry.Repository("team/cat"), "v1", ModelDirectory.Open(files.Path));
            using var client = App.CreateClient();
            using var content = new StringContent(Extraction.Replace("NAME", "present", StringComparison.Ordinal), Encoding.UTF8, "application/json");
            using var created = await client.PostAsync(Jobs, content);
            created.EnsureSuccessStatusCode();
        }

        public async ValueTask DisposeAsync()
        {
            await App.DisposeAsync();
            await _cluster!.DisposeAsync();
            await _registry!.DisposeAsync();
        }
    }
}
