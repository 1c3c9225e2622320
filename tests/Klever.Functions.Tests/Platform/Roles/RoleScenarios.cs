using System.Text.Json.Nodes;

namespace Klever.Functions.Tests.Platform.Roles;

/// <summary>What each Service of <c>knative/base</c> is made to do, so that every right of its Role is used. Whoever gives a Service
/// a new right adds here what needs it; whoever makes a function call the cluster in a new way sees 403 until the Role has it.</summary>
internal static class RoleScenarios
{
    private const string Api = "/api/v1alpha1/namespaces/default";

    private const string Routed = """
        {"name":"NAME","default":"main","predictors":[
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

    /// <summary>The same for one Service.</summary>
    public static IReadOnlyDictionary<(string Service, Grant Grant), string> ExemptOf { get; } = new Dictionary<(string, Grant), string>
    {
        [("api", new("", "secrets", "get"))] = "project-setup sets up projects of a Harbor; here is a plain registry",
        [("api", new("", "secrets", "update"))] = "as above",
        [("api", new("", "secrets", "create"))] = "as above",
        [("serving-events", new("machinelearning.seldon.io", "seldondeployments", "delete"))] = "taken back when its route cannot be made",
        [("serving-events", new("networking.istio.io", "virtualservices", "delete"))] = "of a serving of this name that was routed before",
    };

    public static IReadOnlyDictionary<string, Func<RoleStage, Task>> All { get; } = new Dictionary<string, Func<RoleStage, Task>>
    {
        ["harbor-push"] = async stage =>
        {
            var model = await stage.PushAsync("roles/push");
            await stage.Models.Repository("roles/push").TagAsync(model.Digest.ToString(), "second", RoleStage.Token);
            await Models.WaitAsync(
                async () => (await stage.Models.FetchAsync("roles/push", "second")).Extraction is not null, () => "the second tag follows");
        },
        ["push-events"] = async stage =>
        {
            var model = await stage.PushAsync("roles/push-events");
            await stage.ForgetAsync("roles/push-events");
            await stage.SendPushAsync("roles/push-events", model.Digest);
            await stage.Models.WaitForEndAsync("roles/push-events");
        },
        ["model-jobs"] = stage => stage.PushAsync("roles/model-jobs"),
        ["job-completion"] = async stage =>
        {
            // Too many inputs for a termination message: the report is read from the log.
            await stage.PushWideAsync("roles/job-completion");
        },
        ["sweep"] = async stage =>
        {
            await stage.WithoutAsync("harbor-push", async () =>
            {
                await stage.PushUnheardAsync("roles/sweep-push");
                await stage.Models.SweepAsync();
                await stage.Models.WaitForEndAsync("roles/sweep-push");
            });
            await stage.WithoutAsync("job-completion", async () =>
            {
                await stage.PushUnheardAsync("roles/sweep-job");
                await stage.Models.WaitForJobsAsync("roles/sweep-job", 1);
            });
            await stage.Models.SweepAsync();
            await stage.Models.WaitForEndAsync("roles/sweep-job");
        },
        ["serving-events"] = async stage =>
        {
            await stage.PushAsync("roles/serving-events");
            var wanted = Routed.Replace("NAME", "by-event").Replace("MODEL", "roles/serving-events:v1");
            await stage.SendAsync("io.kleveross.serving.requested.v1", wanted);
            await stage.WaitForServingAsync("by-event");
            await stage.SendAsync("io.kleveross.serving.requested.v1", wanted);
            await stage.WaitForCallAsync("serving-events", "update", "virtualservices");
        },
        ["dead-letters"] = _ => Task.CompletedTask,
        ["harbor-agent"] = _ => Task.CompletedTask,
        ["api"] = async stage =>
        {
            await stage.PushAsync("roles/api");
            await ModelJobsAsync(stage);
            await PodsAsync(stage, Assert.Single(await stage.Models.ModelJobsOfAsync("roles/api")).Name);
            await ServingsAsync(stage);
            await stage.WithoutAsync("job-completion", async () =>
            {
                await stage.PushUnheardAsync("roles/api-sweep");
                await stage.Models.WaitForJobsAsync("roles/api-sweep", 1);
                await stage.RequestAsync(HttpMethod.Get, "/api/v1alpha1/sweep");
            });
            await stage.RequestAsync(HttpMethod.Post, "/api/v1alpha1/sweep");
            await stage.Models.WaitForEndAsync("roles/api-sweep");
        },
    };

    private static async Task ModelJobsAsync(RoleStage stage)
    {
        await stage.RequestAsync(
            HttpMethod.Post, $"{Api}/modeljobs", """{"metadata":{"name":"asked"},"spec":{"model":"roles/api:v1","extraction":{"format":"ONNX"}}}""");
        await stage.RequestAsync(HttpMethod.Get, $"{Api}/modeljobs");
        await stage.RequestAsync(HttpMethod.Get, $"{Api}/modeljobs/asked");
        await stage.RequestAsync(HttpMethod.Delete, $"{Api}/modeljobs/asked");
    }

    private static async Task PodsAsync(RoleStage stage, string modelJob)
    {
        var pods = JsonNode.Parse(await stage.RequestAsync(HttpMethod.Get, $"{Api}/pods?filterBy=batch.kubernetes.io/job-name={modelJob}"));
        var pod = pods!["items"]![0]!["metadata"]!["name"];
        await stage.RequestAsync(HttpMethod.Get, $"{Api}/pods/{pod}/logs");
        await stage.RequestAsync(HttpMethod.Get, $"{Api}/modeljobs/{modelJob}/events");
    }

    private static async Task ServingsAsync(RoleStage stage)
    {
        var routed = Routed.Replace("NAME", "asked").Replace("MODEL", "roles/api:v1");
        await stage.RequestAsync(HttpMethod.Post, $"{Api}/servings", routed);
        await stage.RequestAsync(HttpMethod.Put, $"{Api}/servings/asked", routed);
        await stage.RequestAsync(HttpMethod.Put, $"{Api}/servings/asked", """{"name":"asked","model":"roles/api:v1","replicas":2}""");
        await stage.RequestAsync(HttpMethod.Get, $"{Api}/servings");
        await stage.RequestAsync(HttpMethod.Get, $"{Api}/servings/asked");
        await stage.RequestAsync(HttpMethod.Delete, $"{Api}/servings/asked");
    }
}
