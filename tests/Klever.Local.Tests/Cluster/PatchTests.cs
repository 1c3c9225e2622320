using System.Net;
using System.Text.Json.Nodes;
using Klever.Local.Cluster;
using Klever.Local.Cluster.Objects;
using Klever.Local.Cluster.Patches;

namespace Klever.Local.Tests.Cluster;

public sealed class PatchTests
{
    private const string One = $"{ClusterClient.ModelJobs}/one";

    // The cases of RFC 7396, appendix A, whose target is an object.
    [Theory]
    [InlineData("""{"a":"b"}""", """{"a":"c"}""", """{"a":"c"}""")]
    [InlineData("""{"a":"b"}""", """{"b":"c"}""", """{"a":"b","b":"c"}""")]
    [InlineData("""{"a":"b"}""", """{"a":null}""", """{}""")]
    [InlineData("""{"a":["b"]}""", """{"a":"c"}""", """{"a":"c"}""")]
    [InlineData("""{"a":{"b":"c"}}""", """{"a":{"b":"d","c":null}}""", """{"a":{"b":"d"}}""")]
    [InlineData("""{"e":null}""", """{"a":1}""", """{"e":null,"a":1}""")]
    [InlineData("""{}""", """{"a":{"bb":{"ccc":null}}}""", """{"a":{"bb":{}}}""")]
    public void MergePatch_FollowsTheStandard(string target, string patch, string expected)
    {
        var result = JsonMergePatch.Apply(JsonNode.Parse(target), JsonNode.Parse(patch));

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), result), result?.ToJsonString());
    }

    [Theory]
    [InlineData("""[{"op":"add","path":"/a/1","value":9}]""", """{"a":[1,9,2],"b/c":3}""")]
    [InlineData("""[{"op":"add","path":"/a/-","value":9}]""", """{"a":[1,2,9],"b/c":3}""")]
    [InlineData("""[{"op":"remove","path":"/b~1c"}]""", """{"a":[1,2]}""")]
    [InlineData("""[{"op":"replace","path":"/a/0","value":5}]""", """{"a":[5,2],"b/c":3}""")]
    [InlineData("""[{"op":"move","from":"/a/0","path":"/x"}]""", """{"a":[2],"b/c":3,"x":1}""")]
    [InlineData("""[{"op":"copy","from":"/a","path":"/x"},{"op":"test","path":"/x/1","value":2}]""", """{"a":[1,2],"b/c":3,"x":[1,2]}""")]
    public void JsonPatch_FollowsTheStandard(string patch, string expected)
    {
        var target = (JsonObject)JsonNode.Parse("""{"a":[1,2],"b/c":3}""")!;

        var result = JsonPatch.Apply(target, JsonNode.Parse(patch)!);

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), result), result.ToJsonString());
    }

    [Theory]
    [InlineData("""[{"op":"test","path":"/a/0","value":2}]""")]
    [InlineData("""[{"op":"remove","path":"/none"}]""")]
    [InlineData("""[{"op":"add","path":"/a/7","value":1}]""")]
    [InlineData("""[{"op":"dance","path":"/a"}]""")]
    public void JsonPatch_ThatCannotBeDone_IsInvalid(string patch)
    {
        var target = (JsonObject)JsonNode.Parse("""{"a":[1,2]}""")!;

        var exception = Assert.Throws<ApiException>(() => JsonPatch.Apply(target, JsonNode.Parse(patch)!));

        Assert.Equal(422, exception.Code);
    }

    [Fact]
    public void StrategicPatch_MergesContainersByName()
    {
        var target = (JsonObject)JsonNode.Parse("""{"containers":[{"name":"a","image":"1"},{"name":"b","image":"2"}]}""")!;
        var patch = (JsonObject)JsonNode.Parse("""{"containers":[{"name":"b","image":"3"},{"name":"a","$patch":"delete"}]}""")!;

        var result = StrategicMergePatch.Apply(target, patch);

        Assert.Equal("""{"containers":[{"name":"b","image":"3"}]}""", result.ToJsonString());
    }

    [Fact]
    public async Task Patch_OfCustomResourceByStrategicMerge_IsUnsupported()
    {
        await using var client = await ClusterClient.StartAsync();
        await client.CreateAsync(ClusterClient.ModelJobs, ClusterClient.ModelJob("one"));

        var (code, status) = await client.SendAsync(HttpMethod.Patch, One, new JsonObject(), "application/strategic-merge-patch+json");

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, code);
        Assert.Equal(
            "the body of the request was in an unknown format - accepted media types include: application/json-patch+json, "
            + "application/merge-patch+json, application/apply-patch+yaml",
            status.Text("message"));
    }

    [Fact]
    public async Task Patch_WithStaleVersion_IsAConflict()
    {
        await using var client = await ClusterClient.StartAsync();
        await client.CreateAsync(ClusterClient.ModelJobs, ClusterClient.ModelJob("one"));

        var patch = JsonNode.Parse("""{"metadata":{"resourceVersion":"1","labels":{"a":"b"}}}""");
        var (code, _) = await client.SendAsync(HttpMethod.Patch, One, patch, "application/merge-patch+json");

        Assert.Equal(HttpStatusCode.Conflict, code);
    }

    [Fact]
    public async Task Apply_CreatesThenMergesAndNamesItsManager()
    {
        await using var client = await ClusterClient.StartAsync();
        var path = $"{One}?fieldManager=klever";

        var (first, _) = await client.SendAsync(HttpMethod.Patch, path, ClusterClient.ModelJob("one"), "application/apply-patch+yaml");
        var labels = JsonNode.Parse(
            """{"apiVersion":"kleveross.io/v1alpha1","kind":"ModelJob","metadata":{"name":"one","labels":{"a":"b"}}}""");
        var (second, merged) = await client.SendAsync(HttpMethod.Patch, path, labels, "application/apply-patch+yaml");

        Assert.Equal([HttpStatusCode.Created, HttpStatusCode.OK], [first, second]);
        Assert.Equal("b", merged.Text("metadata", "labels", "a"));
        Assert.Equal("registry/library/resnet:v1", merged.Text("spec", "model"));
        Assert.Equal("klever", Assert.Single(merged.Objects("metadata", "managedFields")).Text("manager"));
    }

    [Fact]
    public async Task Apply_WithoutManager_IsInvalid()
    {
        await using var client = await ClusterClient.StartAsync();

        var (code, _) = await client.SendAsync(HttpMethod.Patch, One, ClusterClient.ModelJob("one"), "application/apply-patch+yaml");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, code);
    }
}
