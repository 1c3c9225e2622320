using System.Text.Json.Nodes;
using Klever.Kubernetes.Serving;
using Klever.Kubernetes.Serving.Intents;
using Klever.Kubernetes.Serving.Requests;
using Klever.Kubernetes.Serving.Seldon;
using Klever.Models;
using Klever.Testing.Schemas;

namespace Klever.Kubernetes.Tests.Serving;

/// <summary>An update is composed from what was asked for, not from what composing made of it.</summary>
public sealed class ServingIntentTests
{
    private const string Short = "{name: s, model: 'release/m:v1', replicas: 1, resources: {cpu: '1'}}";

    [Fact]
    public void Object_SentBackAsShown_IsComposedTheSame()
    {
        var live = Create(Short);

        var again = Update(ServingIntent.View(live), live);

        Assert.True(JsonNode.DeepEquals(live, again), $"first {live.ToJsonString()}\n then {again.ToJsonString()}");
    }

    // The arguments of Triton must not reach a server that has none of its own.
    [Fact]
    public void Model_OfAnotherFormat_LeavesNothingOfTheFormerServer()
    {
        var live = Create(Short);
        var sent = ServingIntent.View(live);
        sent["spec"]!["predictors"]![0]!["graph"]!["modelUri"] = "release/m:v2";

        var updated = Update(sent, live, "format: PMML");

        var wanted = Create("{name: s, model: 'release/m:v2', replicas: 1, resources: {cpu: '1'}}", "format: PMML");
        Assert.Null(Container(updated)["args"]);
        AssertSame(wanted["spec"]!, updated["spec"]!);
    }

    [Fact]
    public void Change_OfReplicasEnvAndResources_IsTakenUp()
    {
        var live = Create(Short);
        var sent = ServingIntent.View(live);
        sent["spec"]!["predictors"]![0]!["replicas"] = 3;
        Container(sent)["env"]!.AsArray().Add(JsonNode.Parse("""{"name":"LOG","value":"1"}"""));
        Container(sent)["resources"]!["limits"]!["cpu"] = "2";

        var updated = Update(sent, live);

        var wanted = "{name: s, model: 'release/m:v1', replicas: 3, env: [{name: LOG, value: '1'}], resources: {requests: {cpu: '1'}, limits: {cpu: '2'}}}";
        AssertSame(Create(wanted)["spec"]!, updated["spec"]!);
    }

    [Fact]
    public void Image_OfTheCallersOwn_ReplacesTheServer()
    {
        var live = Create(Short);
        var sent = ServingIntent.View(live);
        Container(sent)["image"] = "reg/own:1";
        Container(sent)["ports"] = JsonNode.Parse("""[{"name":"http","containerPort":9000}]""");

        var container = Container(Update(sent, live));

        Assert.Equal("reg/own:1", (string?)container["image"]);
        Assert.Null(container["args"]);
        Assert.Equal(9000, (int?)container["readinessProbe"]!["tcpSocket"]!["port"]);
    }

    [Fact]
    public void HeaderRules_AreShown_AndStayUntilTheyAreTakenAway()
    {
        var live = Create(
            "{name: s, default: b, predictors: [{name: a, model: 'r/m:v1', headers: {x: {exact: '1'}}}, {name: b, model: 'r/m:v2'}]}");
        var shown = ServingIntent.View(live);

        Assert.Null(live["spec"]!["defaultPredictor"]);
        Assert.Equal("b", (string?)shown["spec"]!["defaultPredictor"]);
        Assert.Equal("1", (string?)shown["spec"]!["predictors"]![0]!["trafficMatchs"]![0]!["headers"]!["x"]!["exact"]);
        shown["spec"]!["predictors"]![0]!["replicas"] = 2;
        Assert.True(ServingIntent.IsRouted(Update(shown, live)));
        shown["spec"]!.AsObject().Remove("defaultPredictor");
        shown["spec"]!["predictors"]![0]!.AsObject().Remove("trafficMatchs");
        shown["spec"]!["predictors"]![0]!["traffic"] = 30;
        shown["spec"]!["predictors"]![1]!["traffic"] = 70;
        Assert.False(ServingIntent.IsRouted(Update(shown, live)));
    }

    // Arguments have no names: changed, they are wanted as they are.
    [Fact]
    public void Arguments_OfAnImageOfTheCallersOwn_AreTakenWhole()
    {
        var live = Create("{name: s, model: 'release/m:v1', image: 'reg/own:1'}");
        var sent = ServingIntent.View(live);
        Container(sent)["args"] = new JsonArray("a", "b");
        live = Update(sent, live);
        sent = ServingIntent.View(live);
        Container(sent)["args"] = new JsonArray("a", "c");

        Assert.Equal("""["a","c"]""", Container(Update(sent, live))["args"]!.ToJsonString());
    }

    [Fact]
    public void Credentials_InVariables_AreHidden_AndStayWhatTheyAre()
    {
        var live = Create("{name: s, model: 'release/m:v1', env: [{name: API_TOKEN, value: abc}, {name: LOG, value: '1'}]}");
        var sent = ServingIntent.View(live);

        Assert.DoesNotContain("abc", sent.ToJsonString());
        Assert.Contains("abc", Container(Update(sent, live)).ToJsonString());
    }

    // What Klever Model Registry wrote into every SeldonDeployment.
    [Fact]
    public void PasswordOfAnObjectWithoutIntent_IsHidden()
    {
        var live = YamlJson.Read("""
            {metadata: {name: s}, spec: {predictors: [{name: g, componentSpecs: [{spec: {
              containers: [{name: g, env: [{name: MY_TOKEN, value: mine}]}],
              initContainers: [{name: g-model-initializer, env: [{name: ORMB_PASSWORD, value: pw}]}]}}]}]}}
            """).Single();

        var view = ServingIntent.View(live).ToJsonString();

        Assert.DoesNotContain("pw", view);
        Assert.Contains("mine", view);
    }

    [Theory]
    [InlineData("{metadata: s, spec: x}")]
    [InlineData("{metadata: {name: s, labels: 7, annotations: []}, spec: []}")]
    [InlineData("{metadata: {name: s}, spec: {predictors: [1, null, {name: [], graph: 7}]}}")]
    [InlineData("{metadata: {name: s}, spec: {predictors: {a: b}}}")]
    public void Nonsense_IsRefusedAndNothingElse(string yaml)
    {
        var live = Create(Short);

        Assert.Throws<ServingException>(() => Update(YamlJson.Read(yaml).Single(), live));
    }

    [Fact]
    public void Predictor_TakenAwayOrAdded_IsSo()
    {
        var live = Create("{name: s, predictors: [{name: a, model: 'r/m:v1', traffic: 50}, {name: b, model: 'r/m:v2', traffic: 50}]}");
        var sent = ServingIntent.View(live);
        sent["spec"]!["predictors"]!.AsArray().RemoveAt(0);
        sent["spec"]!["predictors"]![0]!["traffic"] = 100;

        var updated = Update(sent, live);

        Assert.Equal("b", (string?)Assert.Single(updated["spec"]!["predictors"]!.AsArray())!["name"]);
        Assert.Equal("r/m:v2", (string?)updated["spec"]!["predictors"]![0]!["graph"]!["modelUri"]);
    }

    // A client cannot say what was asked for before.
    [Fact]
    public void Annotation_OfTheClient_CountsForNothing()
    {
        var live = Create(Short);
        var sent = ServingIntent.View(live);
        sent["metadata"]!["annotations"] = new JsonObject { ["kleveross.io/intent"] = """{"predictors":[]}""" };

        AssertSame(live, Update(sent, live));
    }

    [Fact]
    public void ShortForm_ReplacesTheIntent_AndKeepsLabels()
    {
        var live = Create(Short);
        live["metadata"]!["labels"] = new JsonObject { ["team"] = "a" };

        var updated = Update(YamlJson.Read("{name: s, model: 'release/m:v1'}").Single(), live);

        Assert.Null(updated["spec"]!["predictors"]![0]!["replicas"]);
        Assert.Equal("a", (string?)updated["metadata"]!["labels"]!["team"]);
    }

    [Fact]
    public void PinnedModels_AreThoseOfTheSameReference()
    {
        var live = Create(Short);

        var pinned = PinnedModels.Of(live, Servings.Options);

        Assert.Equal(Servings.Digest, pinned[ModelReference.Parse("harbor.example/release/m:v1")]);
        Assert.False(pinned.ContainsKey(ModelReference.Parse("harbor.example/release/m:v2")));
    }

    [Fact]
    public void Request_ThatCannotBeKept_IsRefused()
    {
        var body = YamlJson.Read(Short).Single();
        body["env"] = new JsonArray(new JsonObject { ["name"] = "BIG", ["value"] = new string('x', ServingIntent.MaximumCharacters) });

        Assert.Equal("spec", Assert.Throws<ServingException>(() => Create(body.ToJsonString())).Problem.Field);
    }

    private static JsonObject Create(string yaml, string ormbfile = "format: ONNX") => Compose(YamlJson.Read(yaml).Single(), ormbfile);

    private static JsonObject Update(JsonObject sent, JsonObject live, string ormbfile = "format: ONNX") =>
        Compose(ServingIntent.Merge(sent, live), ormbfile);

    private static JsonObject Compose(JsonObject body, string ormbfile)
    {
        var request = ServingRequest.Parse(body, "default", Servings.Options);
        var deployment = SeldonRenderer.Render(Servings.Plan(body, ormbfile), Servings.Options);
        ServingIntent.Attach(deployment, request);
        return deployment;
    }

    private static JsonNode Container(JsonObject deployment) =>
        deployment["spec"]!["predictors"]![0]!["componentSpecs"]![0]!["spec"]!["containers"]![0]!;

    private static void AssertSame(JsonNode expected, JsonNode actual) =>
        Assert.True(JsonNode.DeepEquals(expected, actual), $"expected {expected.ToJsonString()}\n     got {actual.ToJsonString()}");
}
