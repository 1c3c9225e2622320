using System.Net;
using System.Text.Json.Nodes;
using Klever.Oci;

namespace Klever.Functions.Tests.Models;

/// <summary>What a plain registry holds, as documents. Other tests push to the same project, so this one has its own.</summary>
public sealed class CatalogTests(ModelsFixture fixture) : ModelsTest(fixture)
{
    private const string Projects = "/api/v1alpha1/projects";

    [Fact]
    public async Task List_OfProjectsModelsAndVersions_ShowsWhatWasPushed()
    {
        const string Models = $"{Projects}/catalog/models";
        await PutAsync($"{Models}/net/versions/v1/upload", Zip(("net.onnx", Onnx), ("ormbfile.yaml", Text("author: Ann\nsignature: {inputs: [{name: x, size: [1], dType: float32}]}\n"))));
        await PutAsync($"{Models}/net/versions/v2/upload?format=Others", Zip(("weights.bin", Onnx)));
        await PutAsync($"{Models}/deep/net/versions/v1/upload?format=Others", Zip(("weights.bin", Onnx)));
        await PushImageAsync("catalog/image");

        var projects = (await GetAsync(Projects)).Body;
        var models = (await GetAsync(Models)).Body;
        var onnx = (await GetAsync($"{Models}?format=onnx")).Body;
        var versions = (await GetAsync($"{Models}/net/versions?start=1&limit=5")).Body;
        var filtered = (await GetAsync($"{Models}/net/versions?format=ONNX")).Body;
        var version = (await GetAsync($"{Models}/net/versions/v1")).Body;

        Assert.Contains("catalog", Items(projects).Select(item => (string?)item["name"]));
        Assert.Equal(
            ["""{"project":"catalog","name":"deep/net","versions":1,"formats":["Others"]}""", """{"project":"catalog","name":"net","versions":2,"formats":["ONNX","Others"]}"""],
            Items(models).Select(item => item.ToJsonString()));
        Assert.Equal(("net", 1), ((string?)Items(onnx).Single()["name"], (int?)onnx["metadata"]!["totalItems"]));
        Assert.Equal((2, "v2"), ((int?)versions["metadata"]!["totalItems"], (string?)Items(versions).Single()["version"]));
        Assert.Equal("None", (string?)Items(versions).Single()["extraction"]!["phase"]);
        Assert.Equal("v1", (string?)Items(filtered).Single()["version"]);
        Assert.Equal(("Ann", "x", "ONNX"), ((string?)version["author"], (string?)version["signature"]!["inputs"]![0]!["name"], (string?)version["format"]));
        Assert.Equal("model/net.onnx", (string?)version["metadata"]!["directoryStructure"]![0]);
    }

    [Theory]
    [InlineData("?start=-1", "start should greater or equal 0")]
    [InlineData("?limit=-1", "limit should greater or equal 0")]
    [InlineData("?format=GGUF", "known are SavedModel")]
    public async Task List_WithAWrongParameter_SaysSo(string query, string text)
    {
        await PutAsync(Route("parameters"), Zip(("net.onnx", Onnx)));

        var (status, body) = await GetAsync($"{Projects}/team/models/parameters/versions{query}");

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains(text, (string?)body["message"]);
    }

    [Fact]
    public async Task Delete_OfAVersion_LeavesOthersOfTheSameContent()
    {
        await PutAsync(Route("deleted", "v1"), Zip(("net.onnx", Onnx)));
        await PutAsync(Route("deleted", "v2"), Zip(("net.onnx", Onnx)));
        var version = Route("deleted", "v1", "").TrimEnd('/');

        using var first = await Fixture.Http.DeleteAsync(version, Token);

        Assert.Equal(HttpStatusCode.NoContent, first.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync(version)).Status);
        Assert.Equal(Onnx, (await DownloadAsync("deleted", "v2"))["model/net.onnx"]);

        using var last = await Fixture.Http.DeleteAsync(Route("deleted", "v2", "").TrimEnd('/'), Token);
        using var again = await Fixture.Http.DeleteAsync(Route("deleted", "v2", "").TrimEnd('/'), Token);

        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NotFound), (last.StatusCode, again.StatusCode));
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync($"{Projects}/team/models/deleted")).Status);
    }

    private async Task PushImageAsync(string name)
    {
        var repository = Fixture.Repository(name);
        var config = await repository.PushBlobAsync("{}"u8.ToArray(), MediaTypes.ImageConfig, Token);
        var layer = await repository.PushBlobAsync("layer"u8.ToArray(), MediaTypes.ImageLayerGzip, Token);
        await repository.PushManifestAsync("v1", ImageManifest.Create(config, [layer]).ToJson(), MediaTypes.ImageManifest, Token);
    }

    private static IEnumerable<JsonNode> Items(JsonObject page) => page["items"]!.AsArray().Select(item => item!);
}
