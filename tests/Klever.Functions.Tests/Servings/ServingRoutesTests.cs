using System.Text.Json.Nodes;
using Klever.Functions.Servings;
using Klever.Kubernetes.Cluster;
using Klever.Kubernetes.Serving;
using Klever.Kubernetes.Serving.Routing;
using Klever.Models;

namespace Klever.Functions.Tests.Servings;

/// <summary>The cluster has the route of a serving and no other, of whichever kind it routes by.</summary>
public sealed class ServingRoutesTests(QuietBench bench) : IClassFixture<QuietBench>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(RouteKind.VirtualService)]
    [InlineData(RouteKind.HttpRoute)]
    public async Task Route_IsMadeChangedAndTakenAway(RouteKind kind)
    {
        var name = $"r-{kind.ToString().ToLowerInvariant()}";
        var routes = new ServingRoutes(bench.Cluster, Options(kind));
        var kinds = kind == RouteKind.HttpRoute ? bench.Cluster.HttpRoutes : bench.Cluster.VirtualServices;

        var owner = await OwnerAsync(name);
        await routes.ApplyAsync(Route(kinds.Kind, name, hosts: "a"), owner, Token);
        var made = await kinds.GetAsync("default", $"{name}-headers", Token);
        await routes.ApplyAsync(Route(kinds.Kind, name, hosts: "b"), owner, Token);
        var changed = await kinds.GetAsync("default", $"{name}-headers", Token);
        await routes.ApplyAsync(route: null, owner, Token);
        await routes.ApplyAsync(route: null, owner, Token);

        Assert.Equal(("a", "b"), ((string?)made["spec"]!["hosts"], (string?)changed["spec"]!["hosts"]));
        Assert.Equal(name, (string?)made["metadata"]!["ownerReferences"]![0]!["name"]);
        Assert.Null(await kinds.FindAsync("default", $"{name}-headers", Token));
    }

    [Fact]
    public async Task Route_OfSomebodyElse_IsLeftAlone()
    {
        var routes = new ServingRoutes(bench.Cluster, Options(RouteKind.VirtualService));
        var foreign = Route(bench.Cluster.VirtualServices.Kind, "theirs", hosts: "theirs");
        foreign["metadata"]!.AsObject().Remove("labels");
        await bench.Cluster.VirtualServices.CreateAsync("default", foreign, Token);

        var owner = await OwnerAsync("theirs");
        var refusal = await Assert.ThrowsAsync<ServingException>(() => routes.ApplyAsync(
            Route(bench.Cluster.VirtualServices.Kind, "theirs", hosts: "ours"), owner, Token));
        await routes.ApplyAsync(route: null, owner, Token);

        Assert.Contains("is not Klever's", refusal.Message);
        var left = await bench.Cluster.VirtualServices.GetAsync("default", "theirs-headers", Token);
        Assert.Equal("theirs", (string?)left["spec"]!["hosts"]);
    }

    private static ServingOptions Options(RouteKind kind) => new()
    {
        Registry = "harbor.example",
        InitializerImage = "klever",
        Routing = new RoutingOptions { Kind = kind },
    };

    // What has no owner in the cluster is cleaned up.
    private async Task<JsonObject> OwnerAsync(string name)
    {
        await bench.PushAsync("routes/m", ModelFormat.Pmml);
        await bench.PostAsync("default/servings", new JsonObject { ["name"] = name, ["model"] = "routes/m:v1" });
        return await bench.Cluster.SeldonDeployments.GetAsync("default", name, Token);
    }

    private static JsonObject Route(ResourceKind kind, string serving, string hosts) => new()
    {
        ["apiVersion"] = $"{kind.Group}/{kind.Version}",
        ["kind"] = kind.Kind,
        ["metadata"] = new JsonObject
        {
            ["name"] = $"{serving}-headers",
            ["labels"] = new JsonObject { [RouteRenderer.ManagedBy] = RouteRenderer.Manager },
        },
        ["spec"] = new JsonObject { ["hosts"] = hosts },
    };
}
