using System.Text.Json.Nodes;
using k8s.Models;
using Klever.Kubernetes.Cluster;
using Klever.Kubernetes.ModelJobs;
using Klever.Models;
using Klever.Testing;
using Klever.Testing.Schemas;

namespace Klever.Kubernetes.Tests.ModelJobs;

public sealed class ModelJobCrdTests
{
    private static readonly CrdSchema Crd =
        CrdSchema.Load(Path.Combine(SharedFolder.Repository, "knative", "base", "modeljob.crd.yaml"), "v1alpha1");

    [Fact]
    public void Names_AreThoseOfTheConstants()
    {
        var spec = Crd.Definition["spec"]!;

        Assert.Equal(ModelJobResource.Group, (string?)spec["group"]);
        Assert.Equal(ModelJobResource.Kind, (string?)spec["names"]!["kind"]);
        Assert.Equal(ModelJobResource.Plural, (string?)spec["names"]!["plural"]);
        Assert.Equal(ModelJobResource.Version, (string?)spec["versions"]![0]!["name"]);
        Assert.Equal("modeljobs.kleveross.io", (string?)Crd.Definition["metadata"]!["name"]);
    }

    [Theory]
    [InlineData("extraction", "format")]
    [InlineData("conversion", "mmdnn", "from")]
    [InlineData("conversion", "mmdnn", "to")]
    public void Formats_AreThoseOfTheTable(params string[] path)
    {
        var schema = Crd.Definition["spec"]!["versions"]![0]!["schema"]!["openAPIV3Schema"]!["properties"]!["spec"]!;
        foreach (var name in path)
        {
            schema = schema["properties"]![name]!;
        }

        Assert.Equal(ModelFormat.All.Select(f => f.Name), schema["enum"]!.AsArray().Select(e => (string)e!));
    }

    [Fact]
    public void Phases_AreThoseOfTheConstants()
    {
        var status = Crd.Definition["spec"]!["versions"]![0]!["schema"]!["openAPIV3Schema"]!["properties"]!["status"]!;

        Assert.Equal(ModelJobPhases.All, status["properties"]!["phase"]!["enum"]!.AsArray().Select(e => (string)e!));
    }

    [Fact]
    public void ModelJob_WithEverything_IsValid()
    {
        var job = new ModelJob
        {
            Metadata = new V1ObjectMeta { Name = "a", NamespaceProperty = "b" },
            Spec = new ModelJobSpec
            {
                Model = "release/bert:v1",
                DesiredTag = "release/bert:v2",
                Conversion = new ConversionSource(new FormatPair("H5", "SavedModel")),
                Env = [new V1EnvVar { Name = "A", ValueFrom = new V1EnvVarSource { FieldRef = new V1ObjectFieldSelector { FieldPath = "metadata.name" } } }],
                InitContainer = [new V1Container { Name = "first", Image = "busybox", Args = ["true"] }],
            },
        };
        var now = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
        var running = job with { Status = StatusTransitions.Created(job, Digest.Of("a"u8), now) };
        var done = running with { Status = StatusTransitions.Converted(running, "release/bert:v2", Digest.Of("b"u8), now) };

        Assert.Empty(Crd.Problems(ClusterJson.ToJsonObject(done)));
    }

    [Theory]
    [InlineData("{model: 'a/b:c'}", "spec: Invalid value: \"\": \"spec\" must validate one and only one schema (oneOf). Found none valid")]
    [InlineData("{model: 'a/b:c', extraction: {format: ONNX}, conversion: {mmdnn: {from: H5, to: ONNX}}}", "spec: Invalid value: \"\": \"spec\" must validate one and only one schema (oneOf). Found 2 valid alternatives")]
    [InlineData("{model: 'a/b:c', extraction: {format: onnx}}", "spec.extraction.format: Unsupported value: \"onnx\": supported values: ")]
    [InlineData("{model: 'a/b:c', conversion: {}}", "spec.conversion.mmdnn: Required value")]
    [InlineData("{extraction: {format: ONNX}}", "spec.model: Required value")]
    [InlineData("{model: '', extraction: {format: ONNX}}", "spec.model: Invalid value: \"\": spec.model in body should be at least 1 chars long")]
    [InlineData("{model: 'a/b:c', extraction: {format: ONNX}, priority: 1}", "spec.priority: unknown field")]
    public void Spec_ThatIsWrong_IsRefused(string spec, string problem)
    {
        var modelJob = new JsonObject { ["spec"] = YamlJson.Read(spec).Single() };

        Assert.StartsWith(problem, Crd.Problems(modelJob)[0]);
    }

    // What the sample manifests and the clients of Klever Model Registry create, valid under its CRD and under ours.
    [Theory]
    [InlineData("{model: 'demo.goharbor.com/release/savedmodel:v1', extraction: {format: SavedModel}}")]
    [InlineData("{model: 'release/caffe:v1', desiredTag: 'release/netdef:v1', conversion: {mmdnn: {from: CaffeModel, to: NetDef}}}")]
    [InlineData("{model: 'r/h5:v1', desiredTag: 'r/sm:v1', conversion: {mmdnn: {from: H5, to: SavedModel}}, env: [{name: INPUTS, value: '[]'}]}")]
    [InlineData("{model: 'r/m:v1', extraction: {format: MLlib}, initContainer: [{name: x, image: y, volumeMounts: [{name: model, mountPath: /models/input}]}]}")]
    [InlineData("{model: 'r/m:v1', extraction: {format: ONNX}, env: [{name: A, valueFrom: {secretKeyRef: {name: s, key: k}}}]}")]
    public void Spec_OfUpstreamsClients_IsAcceptedByBoth(string spec)
    {
        var upstream = CrdSchema.Load(SharedFolder.Require("schemas", "modeljobs.upstream.crd.yaml"), "v1alpha1");
        var modelJob = new JsonObject { ["spec"] = YamlJson.Read(spec).Single() };

        Assert.Empty(upstream.Problems(modelJob));
        Assert.Empty(Crd.Problems(modelJob));
    }

    [Fact]
    public void Columns_ShowModelPhaseAndAge()
    {
        var columns = Crd.Definition["spec"]!["versions"]![0]!["additionalPrinterColumns"]!.AsArray();

        Assert.Equal(["Model", "Phase", "Age"], columns.Where(c => c!["priority"] is null).Select(c => (string)c!["name"]!));
        Assert.Equal("mj", (string?)Crd.Definition["spec"]!["names"]!["shortNames"]![0]);
    }
}
