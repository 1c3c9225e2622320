using System.Text;
using System.Text.Json;
using k8s.Models;
using Klever.Kubernetes.Cluster;
using Klever.Kubernetes.ModelJobs;

namespace Klever.Kubernetes.Tests.ModelJobs;

public sealed class ModelJobJsonTests
{
    [Fact]
    public void ModelJob_OfUpstream_IsReadAndWrittenUnchanged()
    {
        const string Json = """
            {"apiVersion":"kleveross.io/v1alpha1","kind":"ModelJob","metadata":{"creationTimestamp":"2026-01-02T03:04:05Z","name":"a","namespace":"b"},"spec":{"model":"release/bert:v1","desiredTag":"release/bert:v2","env":[{"name":"A","value":"1"}],"conversion":{"mmdnn":{"from":"H5","to":"SavedModel"}}},"status":{"phase":"Pending","message":"container is creating"}}
            """;

        var modelJob = ClusterJson.Deserialize<ModelJob>(Encoding.UTF8.GetBytes(Json));

        Assert.Equal("a", modelJob.Name);
        Assert.Equal("SavedModel", modelJob.Spec.Conversion?.Mmdnn?.To);
        Assert.Equal(Json, Encoding.UTF8.GetString(ClusterJson.Serialize(modelJob)));
    }

    [Fact]
    public void ModelJob_WithoutKindAndWithAnEmptyStatus_HasItsDefaults()
    {
        var modelJob = ClusterJson.Deserialize<ModelJob>("""{"metadata":{},"spec":{"model":"a/b:c"},"status":{}}"""u8);

        Assert.Equal(("kleveross.io/v1alpha1", "ModelJob"), (modelJob.ApiVersion, modelJob.Kind));
        Assert.Equal(("", ""), (modelJob.Status!.Phase, modelJob.Status.Message));
    }

    [Fact]
    public void ModelJob_WithContainersBeforeTheTask_KeepsThem()
    {
        const string Json = """
            {"apiVersion":"kleveross.io/v1alpha1","kind":"ModelJob","metadata":{},"spec":{"model":"a/b:c","env":[],"initContainer":[{"image":"busybox","name":"i","resources":{"limits":{"cpu":"500m"}}}]}}
            """;

        var modelJob = ClusterJson.Deserialize<ModelJob>(Encoding.UTF8.GetBytes(Json));

        Assert.Equal("busybox", Assert.Single(modelJob.Spec.InitContainer!).Image);
        Assert.Equal(Json, Encoding.UTF8.GetString(ClusterJson.Serialize(modelJob)));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"metadata":{}}""")]
    [InlineData("""{"metadata":{},"spec":{"model":1}}""")]
    [InlineData("""{"metadata":{},"spec":{"model":"a","extraction":"ONNX"}}""")]
    [InlineData("""{"metadata":{},"spec":{"model":"a","initContainer":{"name":"i"}}}""")]
    [InlineData("""{"metadata":{},"spec":{"model":"a","env":[1]}}""")]
    public void ModelJob_OfOtherShape_IsAJsonError(string json)
    {
        Assert.ThrowsAny<JsonException>(() => ClusterJson.Deserialize<ModelJob>(Encoding.UTF8.GetBytes(json)));
    }

    [Fact]
    public void BuiltInKinds_KeepQuantitiesAndTimes()
    {
        const string Json = """
            {"metadata":{"name":"p"},"spec":{"containers":[{"name":"c","resources":{"limits":{"cpu":"500m","memory":"1Gi"}}}]},"status":{"startTime":"2026-01-02T03:04:05Z"}}
            """;

        var pod = ClusterJson.Deserialize<V1Pod>(Encoding.UTF8.GetBytes(Json));

        Assert.Equal(Json, Encoding.UTF8.GetString(ClusterJson.Serialize(pod)));
    }
}
