using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Klever.Models;

namespace Klever.Functions.Tests.Servings;

/// <summary>The REST face and the event of servings, over a registry and the local cluster (reference cases S45 to S62).</summary>
public sealed class ServingEndpointTests(QuietBench bench) : IClassFixture<QuietBench>
{
    private const string Space = "default/servings";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task S53_Create_OfANameThatIsThere_IsAConflict()
    {
        await bench.PushAsync("rest/m", ModelFormat.Pmml);

        var (first, created) = await bench.PostAsync(Space, Short("twice", "rest/m:v1"));
        var (second, problem) = await bench.PostAsync(Space, Short("twice", "rest/m:v1"));

        Assert.Equal((201, 409), (first, second));
        Assert.Equal("twice", (string?)created!["metadata"]!["name"]);
        Assert.Null(created["metadata"]!["annotations"]);
        Assert.Contains("already exists", (string?)problem!["message"]);
    }

    [Fact]
    public async Task S49_Update_WithoutAVersion_TakesThePresentOne_AndAStaleOneIsRefused()
    {
        await bench.PushAsync("rest/u", ModelFormat.Pmml);
        var (_, created) = await bench.PostAsync(Space, Short("up", "rest/u:v1"));

        var (status, updated) = await bench.SendAsync(HttpMethod.Put, $"{Space}/up", Short("up", "rest/u:v1", replicas: 2));
        var stale = (string)created!["metadata"]!["resourceVersion"]!;
        var (conflict, _) = await bench.SendAsync(HttpMethod.Put, $"{Space}/up", Short("up", "rest/u:v1"), ifMatch: $"\"{stale}\"");
        var (inBody, _) = await bench.SendAsync(HttpMethod.Put, $"{Space}/up", created);
        var matched = await ReplaceAsShownAsync("up", "rest/u:v1");

        Assert.Equal((200, 409, 409, 200), (status, conflict, inBody, matched));
        Assert.Equal(2, (int?)updated!["spec"]!["predictors"]![0]!["replicas"]);
    }

    [Fact]
    public async Task S48_Update_OfAnotherNameThanThePath_IsRefused()
    {
        await bench.PushAsync("rest/n", ModelFormat.Pmml);
        await bench.PostAsync(Space, Short("named", "rest/n:v1"));

        var (status, problem) = await bench.SendAsync(HttpMethod.Put, $"{Space}/named", Short("other", "rest/n:v1"));

        Assert.Equal(400, status);
        Assert.Contains("metadata.name", (string?)problem!["message"]);
    }

    // One replica more is no reason to run another model.
    [Fact]
    public async Task MovedTag_DoesNotChangeWhatAServingRuns_UntilItIsNamedAnew()
    {
        var first = await bench.PushAsync("rest/moved", ModelFormat.Pmml, author: "first");
        await bench.PostAsync(Space, Short("moved", "rest/moved:v1"));
        var second = await bench.PushAsync("rest/moved", ModelFormat.Pmml, author: "second");

        var (_, kept) = await bench.SendAsync(HttpMethod.Put, $"{Space}/moved", Short("moved", "rest/moved:v1", replicas: 2));
        var (_, changed) = await bench.SendAsync(HttpMethod.Put, $"{Space}/moved", Short("moved", $"rest/moved:v1@{second.Digest}"));

        Assert.EndsWith($"@{first.Digest}", Served(kept));
        Assert.EndsWith($"@{second.Digest}", Served(changed));
    }

    [Fact]
    public async Task HeaderRules_BecomeARoute_WhichFollowsTheServing()
    {
        await bench.PushAsync("rest/h", ModelFormat.Onnx);
        var body = JsonNode.Parse("""
            {"name": "routed", "default": "b", "predictors": [
              {"name": "a", "model": "rest/h:v1", "headers": {"x-user": {"exact": "1"}}}, {"name": "b", "model": "rest/h:v1"}]}
            """)!;

        var (created, _) = await bench.PostAsync(Space, body);
        var route = await bench.Cluster.VirtualServices.GetAsync("default", "routed-headers", Token);
        var (_, shown) = await bench.GetAsync($"{Space}/routed");
        shown!["spec"]!["predictors"]![0]!["trafficMatchs"]![0]!["headers"]!["x-user"]!["exact"] = "2";
        var (changed, _) = await bench.SendAsync(HttpMethod.Put, $"{Space}/routed", shown);
        var after = await bench.Cluster.VirtualServices.GetAsync("default", "routed-headers", Token);
        await bench.SendAsync(HttpMethod.Put, $"{Space}/routed", Short("routed", "rest/h:v1"));

        Assert.Equal((201, 200), (created, changed));
        Assert.Equal("SeldonDeployment", (string?)route["metadata"]!["ownerReferences"]![0]!["kind"]);
        Assert.Equal("1", Header(route));
        Assert.Equal("2", Header(after));
        Assert.Contains("/klever/default/routed/v2/models/routed/infer", (string?)shown["status"]!["endpoints"]![0]!["url"]);
        Assert.Null(await bench.Cluster.VirtualServices.FindAsync("default", "routed-headers", Token));
    }

    [Fact]
    public async Task S54ToS60_List_IsSortedAndPaged()
    {
        await bench.PushAsync("rest/l", ModelFormat.Pmml);
        foreach (var name in new[] { "c", "a", "b", "e", "d" })
        {
            await bench.PostAsync("other/servings", Short(name, "rest/l:v1"));
        }

        Assert.Equal("5: a b c d e", await ListAsync(""));
        Assert.Equal("5: b c", await ListAsync("?start=1&limit=2"));
        Assert.Equal("5: ", await ListAsync("?limit=0"));
        Assert.Equal("5: ", await ListAsync("?start=5"));
        Assert.Equal("5: e", await ListAsync("?start=4&limit=9"));
        Assert.Equal("5: c d", await ListAsync("?page=2&page_size=2"));
        var (status, problem) = await bench.GetAsync("other/servings?start=-1");
        Assert.Equal(400, status);
        Assert.Contains("start should greater or equal 0", (string?)problem!["message"]);
    }

    [Fact]
    public async Task S61AndS62_Get_OfWhatIsMissingIs404_AndDeleteIs204()
    {
        await bench.PushAsync("rest/d", ModelFormat.Pmml);
        await bench.PostAsync(Space, Short("ends", "rest/d:v1"));

        var (deleted, body) = await bench.SendAsync(HttpMethod.Delete, $"{Space}/ends");
        var (missing, _) = await bench.GetAsync($"{Space}/ends");
        var (events, _) = await bench.GetAsync($"{Space}/ends/events");

        Assert.Equal((204, 404, 404), (deleted, missing, events));
        Assert.Null(body);
    }

    [Theory]
    [InlineData("rest/absent:v1", "is not in the registry")]
    [InlineData("elsewhere.example/a/b:v1", "is not the registry whose rights decide here")]
    public async Task Model_ThatIsNotHere_IsRefusedWithItsField(string model, string problem)
    {
        var (status, body) = await bench.PostAsync(Space, Short("absent", model));

        Assert.Equal(422, status);
        Assert.Contains(problem, (string?)body!["errors"]!["spec.predictors[0].graph.modelUri"]);
    }

    // The second delivery finds the first one's serving, and repeats the reply that may have been lost.
    [Fact]
    public async Task Event_IsAnsweredWithTheServing_HoweverOftenItComes()
    {
        await bench.PushAsync("rest/e", ModelFormat.Pmml);

        var first = await SendEventAsync(Short("asked", "rest/e:v1"));
        var again = await SendEventAsync(Short("asked", "rest/e:v1"));
        var other = await SendEventAsync(Short("asked", "rest/e:v1", replicas: 3));
        var wrong = await SendEventAsync(new JsonObject { ["name"] = "asked" });

        Assert.Equal((200, "io.kleveross.serving.created.v1"), first);
        Assert.Equal((200, "io.kleveross.serving.created.v1"), again);
        Assert.Equal(("", 400), (other.Type, wrong.Status));
        Assert.InRange(other.Status, 200, 299);
    }

    // The controller writes the status whenever it likes, and each time the version is another one.
    private async Task<int> ReplaceAsShownAsync(string name, string model)
    {
        for (var attempt = 1; ; attempt++)
        {
            var (_, shown) = await bench.GetAsync($"{Space}/{name}");
            var version = (string)shown!["metadata"]!["resourceVersion"]!;
            var (status, _) = await bench.SendAsync(HttpMethod.Put, $"{Space}/{name}", Short(name, model), ifMatch: $"\"{version}\"");
            if (status != 409 || attempt == 10)
            {
                return status;
            }
        }
    }

    [Theory]
    [InlineData("""{"name": "a", "name": "b", "model": "rest/m:v1"}""", 400)]
    [InlineData("""{"metadata": "a", "spec": {}}""", 422)]
    [InlineData("[]", 400)]
    [InlineData("{", 400)]
    public async Task Nonsense_IsRefusedAndNothingElse(string body, int status)
    {
        using var posted = await bench.Api.PostAsync($"/api/v1alpha1/namespaces/{Space}", Json(body), Token);
        using var put = await bench.Api.PutAsync($"/api/v1alpha1/namespaces/{Space}/absent", Json(body), Token);
        using var sent = await bench.SendEventAsync(body);

        Assert.Equal(status, (int)posted.StatusCode);
        Assert.InRange((int)put.StatusCode, 400, 422);
        Assert.Equal(400, (int)sent.StatusCode);
    }

    private static StringContent Json(string body) => new(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));

    private async Task<string> ListAsync(string query)
    {
        var (_, body) = await bench.GetAsync("other/servings" + query);
        var names = body!["items"]!.AsArray().Select(i => (string?)i!["metadata"]!["name"]);
        return $"{body["metadata"]!["totalItems"]}: {string.Join(' ', names)}";
    }

    private async Task<(int Status, string Type)> SendEventAsync(JsonObject data)
    {
        using var response = await bench.SendEventAsync(data.ToJsonString());
        return ((int)response.StatusCode, response.Headers.TryGetValues("ce-type", out var type) ? type.Single() : "");
    }

    private static string? Served(JsonNode? serving) =>
        (string?)serving!["spec"]!["predictors"]![0]!["annotations"]!["kleveross.io/model"];

    private static string? Header(JsonObject route) =>
        (string?)route["spec"]!["http"]![0]!["match"]![0]!["headers"]!["x-user"]!["exact"];

    private static JsonObject Short(string name, string model, int? replicas = null)
    {
        var body = new JsonObject { ["name"] = name, ["model"] = model };
        if (replicas is not null)
        {
            body["replicas"] = replicas;
        }

        return body;
    }
}
