using System.Net;
using System.Text.Json.Nodes;
using WireMock.RequestBuilders;
using WireMock.ResponseBuilders;
using WireMock.Server;

namespace Klever.Functions.Tests.Cluster;

/// <summary><c>GET …/pods/{pod}/logs</c>, with an API server that answers as told.</summary>
public sealed class LogEndpointTests : IDisposable
{
    private const string Space = "/api/v1alpha1/namespaces/models";
    private const string Route = Space + "/pods/extract-bert-x1/logs";
    private readonly WireMockServer _cluster = WireMockServer.Start();
    private readonly KleverApp _app;

    public LogEndpointTests()
    {
        _app = new KleverApp(("KUBERNETES_API", _cluster.Url!));
        Answer("/api/v1/namespaces/models/pods/extract-bert-x1", 200, """
            {"metadata":{"name":"extract-bert-x1","namespace":"models","labels":{"kleveross.io/modeljob":"extract-bert"},
             "ownerReferences":[{"apiVersion":"batch/v1","kind":"Job","name":"extract-bert","uid":"1","controller":true}]},
             "spec":{"initContainers":[{"name":"wait"}],"containers":[{"name":"executor"},{"name":"proxy"}]}}
            """);
        Answer("/apis/kleveross.io/v1alpha1/namespaces/models/modeljobs/extract-bert", 200, """
            {"apiVersion":"kleveross.io/v1alpha1","kind":"ModelJob","metadata":{"name":"extract-bert","namespace":"models"},
             "spec":{"model":"release/bert:v1","extraction":{"format":"ONNX"}}}
            """);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Get_WithoutParameters_GivesTheNewestLinesOfTheFirstContainer()
    {
        Log(200, string.Concat(Enumerable.Range(1, 150).Select(i => $"2026-01-01T00:00:00.{i:000}Z line {i}\n")));

        var details = await GetAsync(Route);

        Assert.Equal("""
            {"podName":"extract-bert-x1","containerName":"executor","initContainerName":"","fromDate":"2026-01-01T00:00:00.051Z","toDate":"2026-01-01T00:00:00.150Z","truncated":false}
            """, details["info"]!.ToJsonString());
        Assert.Equal("""
            {"referencePoint":{"timestamp":"2026-01-01T00:00:00.076Z","lineNum":-1},"offsetFrom":-25,"offsetTo":75,"logFilePosition":"end"}
            """, details["selection"]!.ToJsonString());
        Assert.Equal(100, details["logs"]!.AsArray().Count);
        Assert.Equal("""{"timestamp":"2026-01-01T00:00:00.051Z","content":"line 51"}""", details["logs"]![0]!.ToJsonString());
        Assert.Equal("?follow=false&container=executor&tailLines=5000&timestamps=true", AskedLog());
    }

    [Fact]
    public async Task Get_WithASelection_GivesThoseLines()
    {
        Log(200, "1 a\n2 b\n3 c\n4 d\n");

        var details = await GetAsync(
            $"{Route}?containerID=proxy&reftimestamp=3&reflineNum=1&offsetFrom=-1&offsetTo=1&logFilePosition=beginning&userPreviousLogs=true");

        Assert.Equal("b c", string.Join(' ', details["logs"]!.AsArray().Select(line => line!["content"]!.GetValue<string>())));
        Assert.Equal("?follow=false&limitBytes=500000&container=proxy&previous=true&timestamps=true", AskedLog());
    }

    [Fact]
    public async Task Get_OfAnInitContainer_NamesItAsOne()
    {
        Log(200, "1 a\n");

        var details = await GetAsync(Route + "?containerID=wait");

        Assert.Equal("wait", details["info"]!["initContainerName"]!.GetValue<string>());
    }

    [Fact]
    public async Task Get_OfAContainerThatWaits_ShowsWhyAsALine()
    {
        Log(400, """{"kind":"Status","status":"Failure","message":"container \"executor\" in pod \"x\" is waiting to start: ImagePullBackOff","code":400}""");

        var details = await GetAsync(Route);

        Assert.Equal("0", details["logs"]![0]!["timestamp"]!.GetValue<string>());
        Assert.Equal("container \"executor\" in pod \"x\" is waiting to start: ImagePullBackOff", details["logs"]![0]!["content"]!.GetValue<string>());
    }

    [Fact]
    public async Task Get_WithFollow_StreamsTheText()
    {
        Log(200, "a\nb\n");
        using var client = _app.CreateClient();

        using var answer = await client.GetAsync(Route + "?follow=true", Token);

        Assert.Equal("text/plain; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
        Assert.Equal("a\nb\n", await answer.Content.ReadAsStringAsync(Token));
        Assert.Equal("?follow=true&container=executor&tailLines=100", AskedLog());
    }

    [Theory]
    [InlineData(Route + "?reflineNum=x", 400, "reflineNum")]
    [InlineData(Route + "?userPreviousLogs=maybe", 400, "userPreviousLogs")]
    [InlineData(Space + "/pods/absent/logs", 404, "There is no pod absent of a ModelJob or serving in models.")]
    [InlineData(Space + "/pods/foreign/logs", 404, "There is no pod foreign of a ModelJob or serving in models.")]
    public async Task Get_OfWhatIsWrong_SaysSo(string route, int status, string message)
    {
        Answer("/api/v1/namespaces/models/pods/absent", 404, """{"kind":"Status","reason":"NotFound","code":404}""");
        Answer("/api/v1/namespaces/models/pods/foreign", 200, """
            {"metadata":{"name":"foreign","namespace":"models","labels":{"kleveross.io/modeljob":"extract-bert"}},"spec":{"containers":[{"name":"x"}]}}
            """);
        using var client = _app.CreateClient();

        using var answer = await client.GetAsync(route, Token);

        Assert.Equal(status, (int)answer.StatusCode);
        var problem = JsonNode.Parse(await answer.Content.ReadAsStringAsync(Token))!;
        Assert.Contains(message, problem["message"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_WhileTheClusterIsDown_IsAnsweredWith503()
    {
        Log(500, "");
        using var client = _app.CreateClient();

        using var answer = await client.GetAsync(Route, Token);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
    }

    public void Dispose()
    {
        _app.Dispose();
        _cluster.Dispose();
    }

    private void Log(int status, string body) => Answer("/api/v1/namespaces/models/pods/extract-bert-x1/log", status, body);

    private void Answer(string path, int status, string body) => _cluster.Given(Request.Create().WithPath(path))
        .RespondWith(Response.Create().WithStatusCode(status).WithBody(body));

    private string AskedLog() => new Uri(
        _cluster.LogEntries.Last(entry => entry.RequestMessage!.Path.EndsWith("/log", StringComparison.Ordinal)).RequestMessage!.AbsoluteUrl).Query;

    private async Task<JsonNode> GetAsync(string route)
    {
        using var client = _app.CreateClient();
        return JsonNode.Parse(await client.GetStringAsync(route, Token))!;
    }
}
