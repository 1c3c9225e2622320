using System.Text.Json.Nodes;
using Klever.Functions.Servings;
using Klever.Kubernetes.Cluster;
using Klever.Kubernetes.Serving;
using Klever.Kubernetes.Serving.Routing;
using WireMock.RequestBuilders;
using WireMock.ResponseBuilders;
using WireMock.Server;

namespace Klever.Functions.Tests.Servings;

/// <summary>A route that others write, too, between looking and writing.</summary>
public sealed class ContendedRouteTests : IDisposable
{
    private const string Collection = "/apis/networking.istio.io/v1/namespaces/default/virtualservices";
    private const string Item = $"{Collection}/bert-headers";
    private const string Ours = """{"metadata":{"name":"bert-headers","resourceVersion":"1","labels":{"app.kubernetes.io/managed-by":"klever"}}}""";
    private readonly WireMockServer _cluster = WireMockServer.Start();
    private readonly ClusterClient _client;
    private readonly ServingRoutes _routes;

    public ContendedRouteTests()
    {
        _client = new ClusterClient(new ClusterOptions { Api = new Uri(_cluster.Url!) });
        _routes = new ServingRoutes(_client, new ServingOptions { Registry = "harbor.example", InitializerImage = "klever" });
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Apply_WhileOthersKeepWriting_SaysThatItDidNot()
    {
        Answer("GET", Item, 404);
        Answer("POST", Collection, 409, "AlreadyExists");

        var exception = await Assert.ThrowsAsync<ClusterException>(() => _routes.ApplyAsync(Route(), Owner, Token));

        Assert.Equal(ClusterFailure.Conflict, exception.Failure);
        Assert.Contains("VirtualService bert-headers was changed by others 5 times in a row; try again", exception.Message);
    }

    [Fact]
    public async Task Apply_OfARouteThatGoesMeanwhile_MakesItAnew()
    {
        _cluster.Given(Request.Create().WithPath(Item).UsingGet()).InScenario("gone").WillSetStateTo("gone").RespondWith(Response.Create().WithBody(Ours));
        _cluster.Given(Request.Create().WithPath(Item).UsingGet()).InScenario("gone").WhenStateIs("gone").RespondWith(Response.Create().WithStatusCode(404));
        Answer("PUT", Item, 404, "NotFound");
        _cluster.Given(Request.Create().WithPath(Collection).UsingPost()).RespondWith(Response.Create().WithStatusCode(201).WithBody(Ours));

        await _routes.ApplyAsync(Route(), Owner, Token);

        Assert.Equal("POST", _cluster.LogEntries[^1].RequestMessage!.Method);
    }

    [Fact]
    public async Task Remove_OfARouteThatGoesMeanwhile_IsDone()
    {
        _cluster.Given(Request.Create().WithPath(Item).UsingGet()).RespondWith(Response.Create().WithBody(Ours));
        Answer("DELETE", Item, 404, "NotFound");

        await _routes.ApplyAsync(route: null, Owner, Token);

        Assert.Equal("DELETE", _cluster.LogEntries[^1].RequestMessage!.Method);
    }

    [Fact]
    public async Task Apply_WhereTheClusterHasNoSuchKind_SaysSo()
    {
        Answer("GET", Item, 404);
        Answer("POST", Collection, 404, "NotFound");

        var exception = await Assert.ThrowsAsync<ServingException>(() => _routes.ApplyAsync(Route(), Owner, Token));

        Assert.Contains("this cluster has no VirtualService", exception.Message);
    }

    public void Dispose()
    {
        _client.Dispose();
        _cluster.Dispose();
    }

    private static JsonObject Owner => new()
    {
        ["apiVersion"] = "machinelearning.seldon.io/v1",
        ["kind"] = "SeldonDeployment",
        ["metadata"] = new JsonObject { ["namespace"] = "default", ["name"] = "bert", ["uid"] = "1" },
    };

    private static JsonObject Route() => new()
    {
        ["metadata"] = new JsonObject
        {
            ["name"] = "bert-headers",
            ["labels"] = new JsonObject { [RouteRenderer.ManagedBy] = RouteRenderer.Manager },
        },
    };

    private void Answer(string method, string path, int status, string reason = "NotFound") => _cluster
        .Given(Request.Create().WithPath(path).UsingMethod(method))
        .RespondWith(Response.Create().WithStatusCode(status).WithBody($$"""{"kind":"Status","status":"Failure","reason":"{{reason}}","code":{{status}}}"""));
}
