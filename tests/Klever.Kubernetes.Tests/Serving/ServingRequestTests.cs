using System.Text.Json.Nodes;
using Klever.Kubernetes.Serving;
using Klever.Testing.Schemas;

namespace Klever.Kubernetes.Tests.Serving;

public sealed class ServingRequestTests
{
    [Fact]
    public void ShortForm_WithEverything_IsComposed()
    {
        var deployment = Servings.Compose("""
            {name: s, predictors: [
              {name: a, model: 'release/m:v1', format: ONNX, traffic: 20, replicas: 2, gpu: 1, resources: {cpu: '2'}, env: [{name: LOG, value: '1'}]},
              {name: b, model: 'release/m:v2', image: 'reg/own:1', traffic: 80, resources: {limits: {cpu: '4'}}}]}
            """);

        var predictors = deployment["spec"]!["predictors"]!.AsArray();
        Assert.Equal([20, 80], predictors.Select(p => (int)p!["traffic"]!));
        var a = predictors[0]!["componentSpecs"]![0]!["spec"]!["containers"]![0]!;
        Assert.Equal("""{"requests":{"cpu":"2"},"limits":{"cpu":"2","nvidia.com/gpu":"1"}}""", a["resources"]!.ToJsonString());
        Assert.Equal(["LOG", "MODEL_STORE", "SERVING_NAME"], a["env"]!.AsArray().Select(v => (string?)v!["name"]));
        var b = predictors[1]!["componentSpecs"]![0]!["spec"]!["containers"]![0]!;
        Assert.Equal("reg/own:1", (string?)b["image"]);
        Assert.Equal(8000, (int?)b["ports"]![0]!["containerPort"]);
    }

    [Theory]
    [InlineData("{name: s, model: 'release/m:v1', replica: 2}", "replica", "is unknown; the short form has name, model, format, maxBatchSize, image, env, resources, gpu, replicas, traffic, headers, namespace.")]
    [InlineData("{name: s, predictors: [{name: a, model: m, color: red}]}", "predictors[0].color", "is unknown; the short form has name, model, format, maxBatchSize, image, env, resources, gpu, replicas, traffic, headers.")]
    [InlineData("{name: s, predictors: [7]}", "predictors[0]", "must be an object.")]
    [InlineData("{name: s, model: 'release/m:v1', gpu: two}", "gpu", "must be an integer.")]
    [InlineData("{name: s, model: 'release/m:v1', headers: {a: {exact: b}}}", "spec.defaultPredictor", "must name the predictor for requests whose headers match none.")]
    [InlineData("{name: S, model: 'release/m:v1'}", "metadata.name", "\"S\" must be lower-case letters, digits and '-', begin with a letter, and be at most 63 long.")]
    [InlineData("{name: s, namespace: other, model: 'release/m:v1'}", "metadata.namespace", "it is \"other\", but the path says \"default\".")]
    [InlineData("{name: s, model: 'Release/m:v1'}", "spec.predictors[0].graph.modelUri", "\"Release/m:v1\" is not project/model:tag: \"Release/m\" is not a repository (lower-case letters, digits, and . _ - between them).")]
    [InlineData("{}", "metadata.name", "is missing.")]
    [InlineData("{metadata: []}", "metadata", "must be an object.")]
    [InlineData("{metadata: {name: s}, spec: {predictors: {}}}", "spec.predictors", "must be an array.")]
    [InlineData("{metadata: {name: s}, spec: {predictors: []}}", "spec.predictors", "must have 1 to 20 entries.")]
    [InlineData("{metadata: {name: s}, spec: {predictors: [null]}}", "spec.predictors[0]", "must be an object.")]
    [InlineData("{metadata: {name: s}, spec: {predictors: [{graph: 7}]}}", "spec.predictors[0].graph", "must be an object.")]
    [InlineData("{metadata: {name: s}, spec: {predictors: [{graph: {name: [a]}}]}}", "spec.predictors[0].graph.name", "must be a string.")]
    [InlineData("{metadata: {name: s}, spec: {predictors: [{graph: {name: a, modelUri: 'a/b:c'}, traffic: 1.5, componentSpecs: [{spec: {containers: [{}]}}]}]}}", "spec.predictors[0].traffic", "must be an integer.")]
    [InlineData("{metadata: {name: s}, spec: {predictors: [{graph: {name: a, modelUri: 'a/b:c'}, componentSpecs: [{spec: {containers: [null]}}]}]}}", "spec.predictors[0].componentSpecs[0].spec.containers[0]", "must be an object.")]
    public void Request_OfWrongShape_NamesTheField(string yaml, string field, string problem)
    {
        var exception = Assert.Throws<ServingException>(() => Servings.Compose(yaml));

        Assert.Equal((field, problem), (exception.Problem.Field, exception.Problem.Message));
    }

    [Theory]
    [InlineData("[{name: a, traffic: 90}, {name: b}]", "spec.predictors: Traffic must sum to 100 for multiple predictors, but it makes up 90.")]
    [InlineData("[{name: a, traffic: 150}, {name: b, traffic: -50}]", "spec.predictors[0].traffic: must be 0 to 100.")]
    [InlineData("[{name: a, traffic: 50}]", "spec.predictors[0].traffic: the only predictor gets all requests; leave it out or write 100.")]
    [InlineData("[{name: a}, {name: a}]", "spec.predictors[1].graph.name: Duplicate predictor name \"a\".")]
    public void Traffic_ThatSeldonWouldRefuse_IsRefusedBefore(string predictors, string message)
    {
        var body = YamlJson.Read($"{{name: s, predictors: {predictors}}}").Single();
        foreach (var predictor in body["predictors"]!.AsArray())
        {
            predictor!["model"] = "release/m:v1";
        }

        Assert.Equal(message, Assert.Throws<ServingException>(() => Servings.Compose(body)).Message);
    }

    [Theory]
    [InlineData("hostNetwork: true", "hostNetwork")]
    [InlineData("hostPID: true", "hostPID")]
    [InlineData("volumes: [{name: h, hostPath: {path: /}}]", "volumes[0].hostPath")]
    [InlineData("initContainers: [{name: i, securityContext: {privileged: true}}]", "initContainers[0].securityContext.privileged")]
    [InlineData("initContainers: [{name: i, securityContext: {capabilities: {add: [CHOWN, SYS_ADMIN]}}}]", "initContainers[0].securityContext.capabilities.add[1]")]
    [InlineData("initContainers: [{name: i, ports: [{containerPort: 1, hostPort: 80}]}]", "initContainers[0].ports[0].hostPort")]
    public void Pod_WithRightsOnItsNode_IsRefused(string pod, string field)
    {
        var exception = Assert.Throws<ServingException>(() => Servings.Compose(
            $"{{metadata: {{name: s}}, spec: {{predictors: [{{graph: {{name: a, modelUri: 'a/b:c'}}, componentSpecs: [{{spec: {{containers: [{{}}], {pod}}}}}]}}]}}}}"));

        Assert.Equal("PodNotAllowed", exception.Code);
        Assert.Equal("spec.predictors[0].componentSpecs[0].spec." + field, exception.Problem.Field);
    }

    [Theory]
    [InlineData("relative")]
    [InlineData("/a/../../etc")]
    [InlineData("/a:b")]
    public void MountPath_ThatIsNoPlainPath_IsRefused(string path)
    {
        var body = YamlJson.Read("{name: s, model: 'a/b:c'}").Single();
        body["env"] = new JsonArray(new JsonObject { ["name"] = "MODEL_STORE", ["value"] = path });

        Assert.Equal("spec.predictors[0].componentSpecs[0].spec.containers[0].env[0].value", Assert.Throws<ServingException>(() => Servings.Compose(body)).Problem.Field);
    }

    [Fact]
    public void Implementation_ThatOnlySeldonKnows_IsLeftToSeldon()
    {
        var deployment = Servings.Compose(
            "{metadata: {name: s}, spec: {predictors: [{graph: {name: a, modelUri: 'release/m:v1', implementation: MY_SERVER}}]}}", "author: nobody");

        Assert.Equal(
            """[{"graph":{"name":"a","modelUri":"harbor.example/release/m:v1","implementation":"MY_SERVER"},"name":"a","annotations":{"seldon.io/no-engine":"true"}}]""",
            deployment["spec"]!["predictors"]!.ToJsonString());
    }

    [Fact]
    public void Gpu_ThatIsTakenAway_IsHiddenAgain()
    {
        var with = Servings.Compose("{name: s, model: 'a/b:c', gpu: 1}");
        with["spec"]!["predictors"]![0]!["componentSpecs"]![0]!["spec"]!["containers"]![0]!.AsObject().Remove("resources");

        var env = Servings.Compose(with)["spec"]!["predictors"]![0]!["componentSpecs"]![0]!["spec"]!["containers"]![0]!["env"]!;

        Assert.Equal("void", (string?)env.AsArray().Single(v => (string?)v!["name"] == "NVIDIA_VISIBLE_DEVICES")!["value"]);
    }
}
