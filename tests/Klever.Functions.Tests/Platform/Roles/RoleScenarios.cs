using System.Text.Json.Nodes;

namespace Klever.Functions.Tests.Platform.Roles;

/// <summary>What each account of <c>knative/</c> is made to do in each namespace, so that every right of its Roles is used. Whoever gives
/// it a new right adds here what needs it; whoever makes a function call the cluster in a new way sees 403 until the Role has it.</summary>
internal static class RoleScenarios
{
    private const string Routed = """
        {"name":"NAME","namespace":"SPACE","default":"main","predictors":[
          {"name":"beta","model":"MODEL","headers":{"x-user":{"exact":"1"}}},{"name":"main","model":"MODEL"}]}
        """;

    /// <summary>Rights that nothing here can make a Service use, and why it needs them all the same.</summary>
    public static IReadOnlyDictionary<Grant, string> Exempt { get; } = new Dictionary<Grant, string>
    {
        [new("gateway.networking.k8s.io", "httproutes", "get")] = "a cluster has VirtualServices or HTTPRoutes; here it is the former",
        [new("gateway.networking.k8s.io", "httproutes", "create")] = "as above",
        [new("gateway.networking.k8s.io", "httproutes", "update")] = "as above",
        [new("gateway.networking.k8s.io", "httproutes", "delete")] = "as above",
    };

    /// <summary>The same for one account.</summary>
    public static IReadOnlyDictionary<(string Account, Grant Grant), string> ExemptOf { get; } = new Dictionary<(string, Grant), string>
    {
        [("api", new("", "secrets", "get"))] = "project-setup sets up projects of a Harbor; here is a plain registry",
        [("api", new("", "secrets", "update"))] = "as above",
        [("api", new("", "secrets", "create"))] = "as above",
        [("serving-events", new("machinelearning.seldon.io", "seldondeployments", "delete"))] = "taken back when its route cannot be made",
        [("serving-events", new("networking.istio.io", "virtualservices", "delete"))] = "of a serving of this name that was routed before",
        [("klever-sources", new("kleveross.io", "modeljobs", "get"))] = "Knative calls a source ready when its account may get, list and watch",
        [("klever-sources", new("batch", "jobs", "get"))] = "as above",
    };

    public static IReadOnlyDictionary<string, Func<RoleStage, Task>> All { get; } = new Dictionary<string, Func<RoleStage, Task>>
    {
        ["klever-sources"] = _ => Task.CompletedTask,
        ["harbor-push"] = stage => stage.EverywhereAsync(async place => await place.TagAsync("push", await place.PushAsync("push"))),
        ["push-events"] = stage => stage.EverywhereAsync(async place =>
        {
            var model = await place.PushAsync("push-events");
            await place.ForgetAsync("push-events");
            await place.SendPushAsync("push-events", model.Digest);
            await place.WaitForEndAsync("push-events");
        }),
        ["model-jobs"] = stage => stage.EverywhereAsync(place => place.PushAsync("model-jobs")),
        // Too many inputs for a termination message: the report is read from the log.
        ["job-completion"] = stage => stage.EverywhereAsync(place => place.PushWideAsync("job-completion")),
        ["sweep"] = async stage =>
        {
            await stage.WithoutAsync("harbor-push", async () =>
            {
                await stage.EverywhereAsync(place => place.PushUnheardAsync("sweep-push"));
                await stage.Models.SweepAsync();
                await stage.EverywhereAsync(place => place.WaitForEndAsync("sweep-push"));
            });
            await LoseCompletionAsync(stage, "sweep-job");
            await stage.Models.SweepAsync();
            await stage.EverywhereAsync(place => place.WaitForEndAsync("sweep-job"));
        },
        ["serving-events"] = stage => stage.EverywhereAsync(async place =>
        {
            await place.PushAsync("serving-events");
            var wanted = Serving(place, "by-event", "serving-events");
            await stage.SendAsync("io.kleveross.serving.requested.v1", wanted);
            await place.WaitForServingAsync("by-event");
            await stage.SendAsync("io.kleveross.serving.requested.v1", wanted);
            await place.WaitForCallAsync("serving-events", "update", "virtualservices");
            await stage.Models.Cluster.SeldonDeployments.DeleteAsync(place.Namespace, "by-event", RoleStage.Token);
        }),
        ["dead-letters"] = _ => Task.CompletedTask,
        ["harbor-agent"] = _ => Task.CompletedTask,
        ["api"] = async stage =>
        {
            await stage.EverywhereAsync(async place =>
            {
                await place.PushAsync("api");
                await ModelJobsAsync(stage, place);
                await PodsAsync(stage, place);
                await ServingsAsync(stage, place);
            });
            await LoseCompletionAsync(stage, "api-sweep");
            await stage.RequestAsync(HttpMethod.Get, "/api/v1alpha1/sweep");
            await stage.RequestAsync(HttpMethod.Post, "/api/v1alpha1/sweep");
            await stage.EverywhereAsync(place => place.WaitForEndAsync("api-sweep"));
        },
    };

    private static Task LoseCompletionAsync(RoleStage stage, string name) => stage.WithoutAsync(
        "job-completion",
        () => stage.EverywhereAsync(async place =>
        {
            await place.PushUnheardAsync(name);
            await place.WaitForJobsAsync(name);
        }));

    private static async Task ModelJobsAsync(RoleStage stage, RolePlace place)
    {
        await stage.RequestAsync(HttpMethod.Post, $"{place.Api}/modeljobs", $$$"""
            {"metadata":{"name":"asked"},"spec":{"model":"{{{place.Repository("api")}}}:v1","extraction":{"format":"ONNX"} } }
            """);
        await stage.RequestAsync(HttpMethod.Get, $"{place.Api}/modeljobs");
        await stage.RequestAsync(HttpMethod.Get, $"{place.Api}/modeljobs/asked");
        await stage.RequestAsync(HttpMethod.Delete, $"{place.Api}/modeljobs/asked");
    }

    private static async Task PodsAsync(RoleStage stage, RolePlace place)
    {
        var modelJob = Assert.Single(await stage.Models.ModelJobsOfAsync(place.Repository("api"))).Name;
        var pods = JsonNode.Parse(await stage.RequestAsync(HttpMethod.Get, $"{place.Api}/pods?filterBy=batch.kubernetes.io/job-name={modelJob}"));
        var pod = pods!["items"]![0]!["metadata"]!["name"];
        await stage.RequestAsync(HttpMethod.Get, $"{place.Api}/pods/{pod}/logs");
        await stage.RequestAsync(HttpMethod.Get, $"{place.Api}/modeljobs/{modelJob}/events");
    }

    private static async Task ServingsAsync(RoleStage stage, RolePlace place)
    {
        var routed = Serving(place, "asked", "api");
        await stage.RequestAsync(HttpMethod.Post, $"{place.Api}/servings", routed);
        await stage.RequestAsync(HttpMethod.Put, $"{place.Api}/servings/asked", routed);
        await stage.RequestAsync(
            HttpMethod.Put, $"{place.Api}/servings/asked", $$"""{"name":"asked","model":"{{place.Repository("api")}}:v1","replicas":2}""");
        await stage.RequestAsync(HttpMethod.Get, $"{place.Api}/servings");
        await stage.RequestAsync(HttpMethod.Get, $"{place.Api}/servings/asked");
        await stage.RequestAsync(HttpMethod.Delete, $"{place.Api}/servings/asked");
    }

    private static string Serving(RolePlace place, string name, string model) => Routed.Replace("NAME", name, StringComparison.Ordinal)
        .Replace("SPACE", place.Namespace, StringComparison.Ordinal)
        .Replace("MODEL", $"{place.Repository(model)}:v1", StringComparison.Ordinal);
}
