using System.Text.Json.Nodes;
using Klever.Kubernetes.Serving;

namespace Klever.Kubernetes.Tests.Serving;

/// <summary>The lines of the reference whose proposal is a rule in words; here it stands as what comes of it.</summary>
public sealed class ProposedCaseTests
{
    [Theory]
    [InlineData("S01", "SavedModel", "convert it to ONNX, or configure TF_SERVING_IMAGE")]
    [InlineData("S03", "GraphDef", "convert it to ONNX, or configure TRITON_TENSORFLOW_IMAGE")]
    public void TensorFlowModel_WithoutAServerThatRunsIt_IsRefusedWithTheConversion(string id, string format, string hint)
    {
        var line = ReferenceCase.Load(id);
        var options = Servings.OptionsOf(new Dictionary<string, string> { ["TF_SERVING_IMAGE"] = "", ["TRITON_TENSORFLOW_IMAGE"] = "" });

        var exception = Assert.Throws<ServingException>(() => Servings.Compose(line.Body, line.OrmbFile, options));

        Assert.Equal("FormatNotServable", exception.Code);
        Assert.Equal($"no server is configured that runs {format}; {hint}.", exception.Problem.Message);
    }

    [Fact]
    public void S01_SavedModelInAnotherRegistry_GetsNoCredentials_ButTheSizes()
    {
        var deployment = ReferenceCase.Load("S01").Compose();

        Assert.Equal("reg/tritonserver:T", (string?)Container(deployment)["image"]);
        var initializer = Pod(deployment)["initContainers"]![0]!;
        Assert.Equal($"harbor-harbor-core.kleveross-system/release/savedmodel@{Servings.Digest}", (string?)initializer["args"]![0]);
        Assert.Empty(initializer["env"]!.AsArray());
        AssertJson("""{"limits":{"cpu":"1","memory":"1Gi"},"requests":{"cpu":"1","memory":"1Gi"}}""", initializer["resources"]);
    }

    [Theory]
    [InlineData("S04", "convert NetDef to ONNX")]
    [InlineData("S13", "convert H5 to SavedModel")]
    [InlineData("S14", "convert CaffeModel to NetDef, and that to ONNX")]
    [InlineData("S15", "convert MXNetParams to ONNX")]
    public void FormatThatNoServerRuns_IsRefusedWithTheConversion(string id, string hint)
    {
        var exception = Assert.Throws<ServingException>(() => ReferenceCase.Load(id).Compose());

        Assert.Contains(hint, exception.Message);
    }

    [Fact]
    public void S05_TorchScriptWithoutSignature_IsRefused_UnlessTheRequestBringsOne()
    {
        var line = ReferenceCase.Load("S05");

        var exception = Assert.Throws<ServingException>(() => line.Compose("format: TorchScript"));

        Assert.Equal("SignatureRequired", exception.Code);
        var body = line.Body;
        body["spec"]!["predictors"]![0]!["componentSpecs"]![0]!["spec"]!["containers"]![0]!["env"] =
            JsonNode.Parse("""[{"name":"INPUTS","value":"[]"},{"name":"OUTPUTS","value":"[]"}]""");
        var pod = Pod(Servings.Compose(body, "format: TorchScript", line.Options));
        Assert.Equal(["ORMB_USERNAME", "ORMB_PASSWORD", "INPUTS", "OUTPUTS"], Names(pod["initContainers"]![0]!["env"]!));
    }

    [Fact]
    public void S06_TensorRTWithoutGpu_IsRefused()
    {
        var line = ReferenceCase.Load("S06");
        var body = line.Body;
        body["spec"]!["predictors"]![0]!["componentSpecs"]![0]!["spec"]!["containers"]![0]!.AsObject().Remove("resources");

        Assert.Equal("GpuRequired", Assert.Throws<ServingException>(() => Servings.Compose(body, "format: TensorRT", line.Options)).Code);
    }

    [Fact]
    public void S07_Pmml_StartsAndIsReadyByItsModel_AndLivesWithout()
    {
        var container = Container(ReferenceCase.Load("S07").Compose());

        Assert.StartsWith("/openscoring/model/", (string?)container["startupProbe"]!["httpGet"]!["path"]);
        Assert.Equal(8000, (int?)container["livenessProbe"]!["tcpSocket"]!["port"]);
    }

    [Fact]
    public void S08_SKLearn_LivesByItsServerAndIsReadyByItsModel()
    {
        var container = Container(ReferenceCase.Load("S08").Compose());

        AssertJson("""{"path":"/v2/models/sk/ready","port":8080,"scheme":"HTTP"}""", container["readinessProbe"]!["httpGet"]);
        AssertJson("""{"path":"/v2/health/live","port":8080,"scheme":"HTTP"}""", container["livenessProbe"]!["httpGet"]);
    }

    [Theory]
    [InlineData("S11")]
    [InlineData("S12")]
    [InlineData("S16")]
    public void MLflow_RunsInMLServer(string id)
    {
        var line = ReferenceCase.Load(id);

        var deployment = line.Compose("format: MLflow");

        var container = Container(deployment);
        Assert.Equal("reg/mlserver:T", (string?)container["image"]);
        Assert.Equal([8080, 8081, 8082], container["ports"]!.AsArray().Select(p => (int)p!["containerPort"]!));
        var graph = deployment["spec"]!["predictors"]![0]!["graph"]!;
        Assert.Null(graph["implementation"]);
        Assert.Equal(id == "S16" ? "release/m:v1" : "harbor.example/release/wine:v1", (string?)graph["modelUri"]);
    }

    [Fact]
    public void S17_Format_IsTheArtifacts_AndTheRequestsOnlyWithoutIt()
    {
        var line = ReferenceCase.Load("S17");

        Assert.Equal("reg/tritonserver:T", (string?)Container(line.Compose("format: ONNX"))["image"]);
        Assert.Equal("FormatUnknown", Assert.Throws<ServingException>(() => line.Compose("author: nobody")).Code);
        var mismatch = Assert.Throws<ServingException>(() => ReferenceCase.Load("S02").Compose("format: PMML"));
        Assert.Equal("FormatMismatch", mismatch.Code);
        Assert.Equal("spec.predictors[0].graph.parameters: the request says ONNX, but the artifact is PMML.", mismatch.Message);
    }

    [Fact]
    public void S18_Format_IsReadWhateverItsCase()
    {
        Assert.Equal("reg/openscoring:T", (string?)Container(ReferenceCase.Load("S18").Compose())["image"]);
    }

    [Fact]
    public void S21_OwnImage_KeepsItsProbes()
    {
        var container = Container(ReferenceCase.Load("S21").Compose());

        AssertJson("""{"httpGet":{"path":"/healthz","port":8000}}""", container["readinessProbe"]);
        AssertJson("""{"tcpSocket":{"port":8000},"timeoutSeconds":5,"failureThreshold":5}""", container["livenessProbe"]);
    }

    [Fact]
    public void S23_HeaderRules_LeaveTheDeploymentAndBecomeARoute()
    {
        var line = ReferenceCase.Load("S23");

        var deployment = line.Compose();
        var plan = Servings.Plan(line.Body, line.OrmbFile, line.Options);

        Assert.Null(deployment["spec"]!["defaultPredictor"]);
        Assert.Equal([0, 100], deployment["spec"]!["predictors"]!.AsArray().Select(p => (int)p!["traffic"]!));
        Assert.All(deployment["spec"]!["predictors"]!.AsArray(), p => Assert.Null(p!["trafficMatchs"]));
        Assert.Equal(["a"], plan.Routing!.Routes.Select(r => r.Predictor));
        Assert.Equal("b", plan.Routing.DefaultPredictor);
    }

    [Fact]
    public void S28_OnlyComponent_IsTheGraphsWhateverItsName()
    {
        var deployment = ReferenceCase.Load("S28").Compose();

        Assert.Equal("g", (string?)deployment["spec"]!["predictors"]![0]!["componentSpecs"]![0]!["metadata"]!["name"]);
    }

    [Fact]
    public void S30_SharedVolume_KeepsManifestsApart()
    {
        var pod = Pod(ReferenceCase.Load("S30").Compose());

        AssertJson("""[{"name":"data","mountPath":"/mnt/pvc","subPath":"serving/pvc/g/dddddddddddd","readOnly":true}]""", pod["containers"]![0]!["volumeMounts"]);
        AssertJson("""[{"name":"data","mountPath":"/mnt/pvc","subPath":"serving/pvc/g/dddddddddddd"}]""", pod["initContainers"]![0]!["volumeMounts"]);
    }

    [Theory]
    [InlineData("S32", "mine", "g-model-initializer")]
    [InlineData("S33", "g-model-initializer")]
    public void Initializer_FollowsTheCallersOwn(string id, params string[] names)
    {
        Assert.Equal(names, Names(Pod(ReferenceCase.Load(id).Compose())["initContainers"]!));
    }

    [Fact]
    public void S32_Initializer_IsLeftOutWhenTheAnnotationSaysSo()
    {
        var body = ReferenceCase.Load("S32").Body;
        body["spec"]!["predictors"]![0]!["annotations"] = new JsonObject { ["kleveross.io/skip-model-initializer"] = "true" };

        Assert.Equal(["mine"], Names(Pod(Servings.Compose(body))["initContainers"]!));
    }

    [Fact]
    public void S34_ModelStoreOfTheCaller_StandsOnce()
    {
        var container = Container(ReferenceCase.Load("S34").Compose());

        Assert.Equal("/custom", (string?)container["env"]!.AsArray().Single(v => (string?)v!["name"] == "MODEL_STORE")!["value"]);
        Assert.Equal("/custom/dup", (string?)container["volumeMounts"]![0]!["mountPath"]);
        Assert.Contains("--model-repository=/custom", container["args"]!.AsArray().Select(a => (string?)a));
    }

    [Fact]
    public void S35_SchedulerOfTheRequest_StandsAndTheConfiguredOneFillsIn()
    {
        var line = ReferenceCase.Load("S35");
        var without = line.Body;
        without["spec"]!["predictors"]![0]!["componentSpecs"]![0]!["spec"]!.AsObject().Remove("schedulerName");

        Assert.Equal("mine", (string?)Pod(line.Compose())["schedulerName"]);
        Assert.Equal("volcano", (string?)Pod(Servings.Compose(without, line.OrmbFile, line.Options))["schedulerName"]);
    }

    [Fact]
    public void S36_InitializerCpu_CountsAlone()
    {
        var initializer = Pod(ReferenceCase.Load("S36").Compose())["initContainers"]![0]!;

        AssertJson("""{"limits":{"cpu":"1"},"requests":{"cpu":"1"}}""", initializer["resources"]);
    }

    [Fact]
    public void S37_WrongQuantity_IsFoundAtTheStart()
    {
        Assert.Equal(
            ["MODEL_INITIALIZER_MEM \"lots\" is not a positive quantity such as 500m or 2Gi."],
            ReferenceCase.Load("S37").Options.Problems());
    }

    [Fact]
    public void S38_SliceOfAGpu_IsAGpu()
    {
        Assert.DoesNotContain("NVIDIA_VISIBLE_DEVICES", Names(Container(ReferenceCase.Load("S38").Compose())["env"]!));
    }

    [Theory]
    [InlineData("S40", "harbor.example/proj/team/model")]
    [InlineData("S41", "other.registry:5000/model")]
    public void Reference_IsReadAsRegistriesDo(string id, string repository)
    {
        var initializer = Pod(ReferenceCase.Load(id).Compose())["initContainers"]![0]!;

        Assert.Equal($"{repository}@{Servings.Digest}", (string?)initializer["args"]![0]);
        Assert.Equal(id == "S41" ? 0 : 2, initializer["env"]!.AsArray().Count);
    }

    [Fact]
    public void S44_AnnotationOfTheClient_DoesNotKeepAnythingFromBeingChecked()
    {
        var line = ReferenceCase.Load("S44");

        var exception = Assert.Throws<ServingException>(() => line.Compose());

        Assert.Equal("PodNotAllowed", exception.Code);
        Assert.Equal("spec.predictors[0].componentSpecs[0].spec.containers[0].securityContext.privileged", exception.Problem.Field);
        var allowed = line.Body;
        allowed["spec"]!["predictors"]![0]!["componentSpecs"]![0]!["spec"]!["containers"]![0]!["ports"] =
            JsonNode.Parse("""[{"containerPort":9000}]""");
        var deployment = Servings.Compose(allowed, line.OrmbFile, line.Options with { AllowsPrivilegedPods = true });
        Assert.Equal("true", (string?)deployment["spec"]!["predictors"]![0]!["annotations"]!["seldon.io/no-engine"]);
        Assert.Equal(["g-model-initializer"], Names(Pod(deployment)["initContainers"]!));
    }

    [Fact]
    public void S45_ChangedModel_ReachesThePod()
    {
        var initializer = Pod(ReferenceCase.Load("S45").Compose())["initContainers"]!.AsArray().Single()!;

        Assert.Equal($"harbor.example/release/m@{Servings.Digest}", (string?)initializer["args"]![0]);
        Assert.DoesNotContain("pw", initializer.ToJsonString());
    }

    [Fact]
    public void S48_OtherNameThanThePath_IsRefused()
    {
        var line = ReferenceCase.Load("S48");

        var exception = Assert.Throws<ServingException>(() => Servings.Compose(line.Body, line.OrmbFile, line.Options, name: "up"));

        Assert.Equal("NameMismatch", exception.Code);
    }

    private static JsonNode Pod(JsonObject deployment) => deployment["spec"]!["predictors"]![0]!["componentSpecs"]![0]!["spec"]!;

    private static JsonNode Container(JsonObject deployment) => Pod(deployment)["containers"]![0]!;

    private static IEnumerable<string?> Names(JsonNode list) => list.AsArray().Select(i => (string?)i!["name"]);

    private static void AssertJson(string expected, JsonNode? actual) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), actual), $"expected {expected}\n     got {actual?.ToJsonString()}");
}
