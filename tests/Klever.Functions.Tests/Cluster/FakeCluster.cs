using System.Text.Json.Nodes;
using WireMock;
using WireMock.RequestBuilders;
using WireMock.ResponseBuilders;
using WireMock.Server;

namespace Klever.Functions.Tests.Cluster;

/// <summary>An API server with ModelJobs and servings, of which some work for models of other registries too, a pod of each, one pod of
/// somebody else, and a password wherever a careless hand may have left one.</summary>
internal sealed class FakeCluster : IDisposable
{
    public const string Password = "hunter2-4711";

    private readonly WireMockServer _server = WireMockServer.Start();
    private readonly List<JsonObject> _pods = [];
    private readonly List<JsonObject> _events = [];

    public FakeCluster()
    {
        Answer("/*", 404, """{"kind":"Status","status":"Failure","message":"not found","reason":"NotFound","code":404}""", priority: 9);
        AddModelJobs(("extract-bert", "release/bert:v1"), ("extract-cat", "secret/cat:v1"), ("extract-foreign", "other.example/release/bert:v1"));
        AddServing("mixed", """{"graph":{"modelUri":"release/bert:v1"}},{"graph":{"modelUri":"s3://bucket/bert"}}""");
        AddServing("foreign", """{"graph":{"modelUri":"other.example/release/bert:v1"}}""");
        AddServing("explained", """{"graph":{"modelUri":"release/bert:v1"},"explainer":{"modelUri":"secret/cat:v1"}}""");
        AddServing("bert", """{"graph":{"name":"router","children":[{"name":"a","modelUri":"release/bert:v1"}]}}""");
        AddPod("somebody-else", """{"app":"x"}""", owner: "ReplicaSet");
        AddEvent("SeldonDeployment", "bert", "Adopted", minute: 1);
        AddEvent("Pod", "bert-a-0", "Scheduled", minute: 2);
        AddEvent("ConfigMap", "extract-bert", "Unrelated", minute: 3);
        List("pods", request => _pods.Where(pod => HasLabels(pod, Query(request, "labelSelector"))));
        List("events", request => _events.Where(
            item => $"involvedObject.name={item["involvedObject"]!["name"]}" == Query(request, "fieldSelector")));
    }

    public string Address => _server.Url!;

    public void Dispose() => _server.Dispose();

    private void AddModelJobs(params (string Name, string Model)[] modelJobs)
    {
        var all = modelJobs.Select(job => (JsonNode)Add("apis/kleveross.io/v1alpha1/namespaces/default/modeljobs", $$"""
            {"apiVersion":"kleveross.io/v1alpha1","kind":"ModelJob",
             "metadata":{"name":"{{job.Name}}","namespace":"default","annotations":{"kubectl.kubernetes.io/last-applied-configuration":"{{Password}}"} },
             "spec":{"model":"{{job.Model}}","extraction":{"format":"ONNX"},
               "env":[{"name":"HTTP_PROXY","value":"http://u:{{Password}}@proxy"},{"name":"MODELJOB_TASK_CPU","value":"1"}],
               "initContainer":[{"name":"x","command":["x","{{Password}}"],"args":["{{Password}}"],"env":[{"name":"Y","value":"{{Password}}"}]}] } }
            """)).ToList();
        List("modeljobs", _ => all.Cast<JsonObject>(), "apis/kleveross.io/v1alpha1");
        foreach (var (name, _) in modelJobs)
        {
            AddPod($"{name}-x1", $$"""{"kleveross.io/modeljob":"{{name}}","job-name":"{{name}}"}""", owner: "Job", name);
            AddEvent("Pod", $"{name}-x1", "Pulled", minute: 2);
            AddEvent("ModelJob", name, "Created", minute: 1);
        }
    }

    private void AddServing(string name, string predictors)
    {
        Add("apis/machinelearning.seldon.io/v1/namespaces/default/seldondeployments", $$"""
            {"metadata":{"name":"{{name}}","namespace":"default"},"spec":{"predictors":[{{predictors}}]} }
            """);
        AddPod($"{name}-a-0", $$"""{"seldon-app":"{{name}}-a","seldon-deployment-id":"{{name}}"}""", owner: "ReplicaSet");
    }

    private void AddPod(string name, string labels, string owner, string ownerName = "x") =>
        _pods.Add(Add("api/v1/namespaces/default/pods", $$"""
            {"metadata":{"name":"{{name}}","namespace":"default","annotations":{"note":"{{Password}}"},"labels":{{labels}},
              "ownerReferences":[{"apiVersion":"x/v1","kind":"{{owner}}","name":"{{ownerName}}","uid":"1","controller":true}]},
             "spec":{"volumes":[{"name":"{{Password}}"}],"containers":[{"name":"executor","image":"klever:1","command":["{{Password}}"],
               "args":["--password={{Password}}"],"env":[{"name":"ORMB_PASSWORD","value":"{{Password}}"},{"name":"FORMAT","value":"ONNX"}]}]},
             "status":{"phase":"Running"} }
            """));

    private void AddEvent(string kind, string name, string reason, int minute) => _events.Add((JsonObject)JsonNode.Parse($$"""
        {"metadata":{"name":"{{name}}.{{minute}}","namespace":"default"},"reason":"{{reason}}","message":"m","type":"Normal",
         "involvedObject":{"kind":"{{kind}}","namespace":"default","name":"{{name}}"},"lastTimestamp":"2026-01-01T00:0{{minute}}:00Z"}
        """)!);

    private JsonObject Add(string path, string text)
    {
        var item = (JsonObject)JsonNode.Parse(text)!;
        Answer($"/{path}/{item["metadata"]!["name"]}", 200, text, priority: 1);
        return item;
    }

    private void List(string plural, Func<IRequestMessage, IEnumerable<JsonObject>> items, string group = "api/v1") =>
        _server.Given(Request.Create().WithPath($"/{group}/namespaces/default/{plural}")).AtPriority(1)
            .RespondWith(Response.Create().WithBody(request => new JsonObject
            {
                ["metadata"] = new JsonObject(),
                ["items"] = new JsonArray([.. items(request).Select(item => item.DeepClone())]),
            }.ToJsonString()));

    private void Answer(string path, int status, string body, int priority) => _server.Given(Request.Create().WithPath(path))
        .AtPriority(priority).RespondWith(Response.Create().WithStatusCode(status).WithBody(body));

    private static string Query(IRequestMessage request, string name) =>
        request.Query is { } query && query.TryGetValue(name, out var values) ? values.ToString() : "";

    private static bool HasLabels(JsonObject pod, string selector) =>
        selector.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=')).All(
            pair => (string?)pod["metadata"]!["labels"]![pair[0]] == pair[1]);
}
