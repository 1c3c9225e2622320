using System.Text.Json.Nodes;

namespace Klever.CommandLine.Tests.Api;

public sealed class JobsTests : IDisposable
{
    private const string Done = """
        {"metadata":{"name":"x"},"spec":{"model":"nlp/bert:v1"},
         "status":{"phase":"Succeeded","message":"done","result":{"reference":"nlp/bert:v1","digest":"sha256:ab"} } }
        """;

    private const string Failed = """{"metadata":{"name":"x"},"spec":{"model":"nlp/bert:v1"},"status":{"phase":"Failed","message":"no model at all"} }""";
    private const string Running = """{"metadata":{"name":"x"},"spec":{"model":"nlp/bert:v1"},"status":{"phase":"Running","message":""} }""";
    private const string Jobs = "namespaces/default/modeljobs";

    private readonly FakeApi _api = new();

    [Fact]
    public async Task List_ShowsATable_OrTheDocument()
    {
        _api.Answer("GET", "namespaces/ml/modeljobs", $$"""{"metadata":{"totalItems":1},"items":[{{Done}}]}""");
        var klever = _api.Klever();

        Assert.Equal(0, await klever.RunAsync("jobs", "list", "-n", "ml", "--filter", "extract", "--limit", "5"));
        Assert.Equal("GET namespaces/ml/modeljobs?filter=modeljob%2Fextract&limit=5", _api.LastRequest);
        Assert.Equal("ada:lovelace", _api.LastAccount);
        Assert.Matches(@"name\s+model\s+phase\s+message[\s\S]+x\s+nlp/bert:v1\s+Succeeded\s+done", klever.Output);

        Assert.Equal(0, await klever.RunAsync("jobs", "list", "-n", "ml", "--output", "json"));
        Assert.Equal(1, (int?)JsonNode.Parse(klever.Output)!["metadata"]!["totalItems"]);
    }

    [Fact]
    public async Task Get_ShowsOneLine()
    {
        _api.Answer("GET", Jobs + "/x", Done);
        var klever = _api.Klever();

        Assert.Equal(0, await klever.RunAsync("jobs", "get", "x"));
        Assert.Equal("x: nlp/bert:v1 Succeeded, done (nlp/bert:v1@sha256:ab)\n", klever.Output);
    }

    [Theory]
    [InlineData("nlp/bert:v1 --format ONNX", """{"metadata":{"name":null},"spec":{"model":"nlp/bert:v1","extraction":{"format":"ONNX"}}}""")]
    [InlineData(
        "a/cat:v1 --format CaffeModel --to ONNX --target a/cat:onnx --name c",
        """{"metadata":{"name":"c"},"spec":{"model":"a/cat:v1","desiredTag":"a/cat:onnx","conversion":{"mmdnn":{"from":"CaffeModel","to":"ONNX"}}}}""")]
    public async Task Create_SendsTheModelJob(string arguments, string body)
    {
        _api.Answer("POST", Jobs, Running, status: 201);

        Assert.Equal(0, await _api.Klever().RunAsync(["jobs", "create", .. arguments.Split(' ')]));
        Assert.Equal(body, _api.LastBody);
    }

    [Fact]
    public async Task Create_WithWait_EndsAsTheJobDoes()
    {
        _api.Answer("POST", Jobs, Running, status: 201);
        _api.AnswerInTurn(Jobs + "/x", Running, Failed);
        var klever = _api.Klever();

        Assert.Equal(32, await klever.RunAsync("jobs", "create", "nlp/bert:v1", "--format", "ONNX", "--wait"));
        Assert.Equal("klever jobs create: ModelJob x failed: no model at all\n", klever.Error);
    }

    [Fact]
    public async Task RetryAndDelete_SendWhatTheySay()
    {
        _api.Answer("POST", Jobs + "/x/retry", Running, status: 201);
        _api.Answer("DELETE", Jobs + "/x", "", status: 204);
        var klever = _api.Klever();

        Assert.Equal(0, await klever.RunAsync("jobs", "retry", "x"));
        Assert.Equal(0, await klever.RunAsync("jobs", "delete", "x", "--output", "json"));
        Assert.Equal("DELETE " + Jobs + "/x", _api.LastRequest);
        Assert.Equal("x", (string?)JsonNode.Parse(klever.Output)!["deleted"]);
    }

    [Fact]
    public async Task Logs_ShowTheLinesOfTheNewestPod()
    {
        Pods("Succeeded");
        _api.Answer("GET", "namespaces/default/pods/x-2/logs", """{"info":{},"logs":[{"timestamp":"1","content":"a"},{"timestamp":"2","content":"b"}]}""");
        var klever = _api.Klever();

        Assert.Equal(0, await klever.RunAsync("jobs", "logs", "x", "--tail", "7"));
        Assert.Equal("a\nb\n", klever.Output);
        Assert.Equal("GET namespaces/default/pods/x-2/logs?offsetFrom=-6&offsetTo=1&logFilePosition=end", _api.LastRequest);
    }

    [Fact]
    public async Task LogsFollow_ReadsOnWhereAStreamEnded_UntilTheJobHasEnded()
    {
        Pods("Running");
        _api.AnswerInTurn(Jobs + "/x", Running, Running, Done);
        _api.AnswerInTurn("namespaces/default/pods/x-2/logs", "first\nsec", "first\nsecond\n", "first\nsecond\nthird ö\n");
        var klever = _api.Klever();

        Assert.Equal(0, await klever.RunAsync("jobs", "logs", "-f", "x"));
        Assert.Equal("first\nsecond\nthird ö\n", klever.Output);
        Assert.Equal("x: nlp/bert:v1 Succeeded, done (nlp/bert:v1@sha256:ab)\n", klever.Error);
    }

    [Fact]
    public async Task LogsFollow_OfAJobThatFails_EndsWithItsReason()
    {
        Pods("Failed");
        _api.Answer("GET", Jobs + "/x", Failed);
        _api.Answer("GET", "namespaces/default/pods/x-2/logs", "oh\n");
        var klever = _api.Klever();

        Assert.Equal(32, await klever.RunAsync("jobs", "logs", "-f", "x"));
        Assert.Equal("oh\n", klever.Output);
        Assert.Contains("klever jobs logs: ModelJob x failed: no model at all\n", klever.Error);
    }

    [Fact]
    public async Task Events_ShowATable()
    {
        _api.Answer("GET", Jobs + "/x/events", """
            {"items":[{"lastTimestamp":"2026-01-01T00:00:00Z","type":"Warning","reason":"Failed","message":"no image",
              "involvedObject":{"kind":"Pod","name":"x-2"} }]}
            """);
        var klever = _api.Klever();

        Assert.Equal(0, await klever.RunAsync("jobs", "events", "x"));
        Assert.Matches(@"2026-01-01T00:00:00Z\s+Warning\s+Failed\s+Pod/x-2\s+no image", klever.Output);
    }

    [Theory]
    [InlineData(401, 10)]
    [InlineData(403, 10)]
    [InlineData(404, 33)]
    [InlineData(409, 30)]
    [InlineData(422, 30)]
    [InlineData(500, 31)]
    [InlineData(503, 31)]
    public async Task Refusal_HasItsExitCodeAndMessage(int status, int exitCode)
    {
        _api.Answer("GET", Jobs + "/x", """{"message":"what the server says"}""", status);
        var klever = _api.Klever();

        Assert.Equal(exitCode, await klever.RunAsync("jobs", "get", "x"));
        Assert.Equal("klever jobs get: what the server says\n", klever.Error);
    }

    [Fact]
    public async Task Get_WithoutAServer_SaysHowToNameIt()
    {
        var klever = new CommandRun { ["HOME"] = "/nowhere" };

        Assert.Equal(1, await klever.RunAsync("jobs", "get", "x"));
        Assert.Equal("klever jobs get: name the Klever API with --server or KLEVER_SERVER.\n", klever.Error);
        Assert.Equal(1, await klever.RunAsync("jobs", "get", "x", "--server", "http://a:b@c"));
        Assert.Equal(31, await klever.RunAsync("jobs", "get", "x", "--server", "127.0.0.1:9", "--plain-http"));
    }

    public void Dispose() => _api.Dispose();

    private void Pods(string phase) => _api.Answer("GET", "namespaces/default/pods", $$"""
        {"items":[{"metadata":{"name":"x-1","creationTimestamp":"2026-01-01T00:00:00Z"},"status":{"phase":"Failed"} },
                  {"metadata":{"name":"x-2","creationTimestamp":"2026-01-01T00:00:09Z"},"status":{"phase":"{{phase}}"} }]}
        """);
}
