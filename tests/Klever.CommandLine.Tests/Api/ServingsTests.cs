using System.Text.Json.Nodes;
using Klever.Testing;

namespace Klever.CommandLine.Tests.Api;

public sealed class ServingsTests : IDisposable
{
    private const string Servings = "namespaces/default/servings";

    private const string Bert = """
        {"metadata":{"name":"bert"},"spec":{"predictors":[{"graph":{"modelUri":"nlp/bert:v1"} }]},"status":{"state":"Available"} }
        """;

    private readonly FakeApi _api = new();

    [Fact]
    public async Task Create_SendsTheShortForm()
    {
        _api.Answer("POST", Servings, Bert, status: 201);
        var klever = _api.Klever();

        Assert.Equal(0, await klever.RunAsync("servings", "create", "bert", "nlp/bert:v1", "--replicas", "2"));
        Assert.Equal("""{"name":"bert","model":"nlp/bert:v1","replicas":2}""", _api.LastBody);
        Assert.Equal("bert: nlp/bert:v1 Available\n", klever.Output);
    }

    [Fact]
    public async Task Create_WithAFile_SendsIt()
    {
        using var directory = new TemporaryDirectory();
        directory.Write("serving.json", Bert);
        _api.Answer("POST", Servings, Bert, status: 201);

        Assert.Equal(0, await _api.Klever().RunAsync("servings", "create", "--file", directory.Combine("serving.json")));
        Assert.Equal("bert", (string?)JsonNode.Parse(_api.LastBody!)!["metadata"]!["name"]);
        Assert.Equal(1, await _api.Klever().RunAsync("servings", "create", "bert"));
    }

    [Fact]
    public async Task ListGetDelete_ShowWhatIsThere()
    {
        _api.Answer("GET", Servings, $$"""{"metadata":{"totalItems":1},"items":[{{Bert}}]}""");
        _api.Answer("GET", Servings + "/bert", Bert);
        _api.Answer("DELETE", Servings + "/bert", "", status: 204);
        var klever = _api.Klever();

        Assert.Equal(0, await klever.RunAsync("servings", "list"));
        Assert.Matches(@"bert\s+nlp/bert:v1\s+Available", klever.Output);
        Assert.Equal(0, await klever.RunAsync("servings", "get", "bert", "--output", "json"));
        Assert.Equal("Available", (string?)JsonNode.Parse(klever.Output)!["status"]!["state"]);
        Assert.Equal(0, await klever.RunAsync("servings", "delete", "bert"));
        Assert.Equal("deleted bert\n", klever.Output);
    }

    [Theory]
    [InlineData("", "projects", """{"items":[{"name":"nlp"}]}""", @"nlp")]
    [InlineData("nlp", "projects/nlp/models", """{"items":[{"name":"bert","versions":3,"formats":["ONNX"]}]}""", @"bert\s+3\s+\[""ONNX""\]")]
    [InlineData(
        "nlp/bert", "projects/nlp/models/bert/versions",
        """{"items":[{"version":"v1","format":"ONNX","size":7,"extraction":{"phase":"Succeeded"},"digest":"sha256:ab"}]}""",
        @"v1\s+ONNX\s+7\s+Succeeded\s+sha256:ab")]
    public async Task ModelsList_ShowsProjectsModelsAndVersions(string place, string path, string answer, string shown)
    {
        _api.Answer("GET", path, answer);
        var klever = _api.Klever();

        Assert.Equal(0, await klever.RunAsync(["models", "list", .. place.Length == 0 ? Array.Empty<string>() : [place]]));
        Assert.Matches(shown, klever.Output);
    }

    public void Dispose() => _api.Dispose();
}
