using System.Buffers.Text;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using WireMock.RequestBuilders;
using WireMock.ResponseBuilders;
using WireMock.Server;

namespace Klever.Functions.Tests.Models;

/// <summary>The same routes before Harbor: its REST API is asked as the caller, who gets what Harbor gives the caller.</summary>
public sealed class HarborModelsTests : IDisposable
{
    private const string Artifacts = "/api/v2.0/projects/team/repositories/bert/artifacts";
    private const string Versions = "/api/v1alpha1/projects/team/models/bert/versions";
    private static readonly string Digest = $"sha256:{new string('a', 64)}";
    private static readonly string Alice = $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes("alice:secret"))}";

    private readonly WireMockServer _harbor = WireMockServer.Start();
    private readonly KleverApp _app;

    public HarborModelsTests()
    {
        _app = new KleverApp(
            ("Klever:Access", "Harbor"),
            ("Klever:Registry:Address", _harbor.Url!),
            ("SERVER_ORMB_USERNAME", "robot$service"),
            ("SERVER_ORMB_PASSWORD", "service-password"));
        Answer("GET", "/api/version", 200, """{"version":"v2.0"}""");
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task List_OfVersions_IsHarborsListAsTheCaller()
    {
        Rights("pull");
        Answer("GET", Artifacts, 200, $$$"""
            [{"media_type":"application/vnd.caicloud.model.config.v1alpha1+json","digest":"{{{Digest}}}","size":77,"push_time":"2026-01-02T03:04:05.678Z",
              "tags":[{"name":"v2"},{"name":"latest"}],"extra_attrs":{"format":"ONNX","signature":{"inputs":[{"name":"x"}]}},
              "annotations":{"io.kleveross.extraction.source":"{{{Digest}}}","io.kleveross.extraction.job":"extract-x","io.kleveross.extraction.version":"1"}},
             {"media_type":"application/vnd.other.model.config.v1+json","digest":"{{{Digest}}}","tags":[{"name":"v1"}],"extra_attrs":{}},
             {"media_type":"application/vnd.caicloud.model.config.v1alpha1+json","digest":"{{{Digest}}}","tags":null,"extra_attrs":{"format":"PMML"}}]
            """);

        var (status, body) = await SendAsync("GET", $"{Versions}?format=ONNX");

        Assert.Equal((HttpStatusCode.OK, 2), (status, (int?)body["metadata"]!["totalItems"]));
        Assert.Equal(
            $$$"""{"project":"team","model":"bert","version":"v2","digest":"{{{Digest}}}","size":77,"format":"ONNX","signature":{"inputs":[{"name":"x"}]},"extraction":{"phase":"Succeeded","job":"extract-x","message":"The signature was read of {{{Digest}}}."},"pushTime":"2026-01-02T03:04:05.678+00:00"}""",
            body["items"]![0]!.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
        AssertOnlyAliceAsked(Artifacts);
    }

    [Fact]
    public async Task List_OfModels_AsksOnceForEachRepositoryAndPassesOverWhatCannotBeRead()
    {
        const string Repositories = "/api/v2.0/projects/team/repositories";
        var tooDeep = string.Concat(Enumerable.Repeat("""{"a":""", 70)) + "1" + new string('}', 70);
        Rights("pull");
        Answer("GET", Repositories, 200, """[{"name":"team/zoo"},{"name":"team/bert"},{"name":"team/gone"}]""");
        Answer("GET", $"{Repositories}/zoo/artifacts", 200, $"[{Artifact("v2", tooDeep)},{Artifact("v1", """{"format":"PMML"}""")}]");
        Answer("GET", Artifacts, 200, $"[{Artifact("v1", """{"format":"ONNX"}""")}]");
        Answer("GET", $"{Repositories}/gone/artifacts", 404, """{"errors":[{"code":"NOT_FOUND","message":"gone"}]}""");

        var (status, body) = await SendAsync("GET", "/api/v1alpha1/projects/team/models");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(
            ["""{"project":"team","name":"zoo","versions":1,"formats":["PMML"]}""", """{"project":"team","name":"bert","versions":1,"formats":["ONNX"]}"""],
            body["items"]!.AsArray().Select(item => item!.ToJsonString()));
        Assert.Equal(
            [Repositories, Artifacts, $"{Repositories}/gone/artifacts", $"{Repositories}/zoo/artifacts", "/api/version"],
            _harbor.LogEntries.Select(entry => entry.RequestMessage!.Path).Where(path => path.StartsWith("/api/", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task List_OfVersionsOfAMissingModel_IsWhatHarborAnswers()
    {
        Rights("pull");
        Answer("GET", Artifacts, 404, """{"errors":[{"code":"NOT_FOUND","message":"repository team/bert not found"}]}""");

        var (status, body) = await SendAsync("GET", Versions);

        Assert.Equal(HttpStatusCode.NotFound, status);
        Assert.Contains("repository team/bert not found", (string?)body["message"]);
    }

    [Fact]
    public async Task List_OfProjects_WithAWrongPassword_IsChallenged()
    {
        Answer("GET", "/v2/", 401, "{}");
        Answer("GET", "/api/v2.0/projects", 401, """{"errors":[{"code":"UNAUTHORIZED","message":"unauthorized"}]}""");

        using var response = await _app.CreateClient().SendAsync(Request("GET", "/api/v1alpha1/projects"), Token);

        Assert.Equal((HttpStatusCode.Unauthorized, "Basic realm=\"harbor\""), (response.StatusCode, response.Headers.WwwAuthenticate.ToString()));
    }

    [Theory]
    [InlineData("GET", "/api/v1alpha1/projects")]
    [InlineData("GET", "/api/v1alpha1/projects/team/models")]
    [InlineData("GET", Versions)]
    [InlineData("GET", $"{Versions}/v1")]
    [InlineData("DELETE", $"{Versions}/v1")]
    [InlineData("GET", $"{Versions}/v1/download")]
    [InlineData("POST", $"{Versions}/v1/download")]
    [InlineData("POST", $"{Versions}/v1/upload")]
    [InlineData("PUT", $"{Versions}/v1/upload")]
    [InlineData("GET", $"{Versions}/v1/upload")]
    [InlineData("DELETE", $"{Versions}/v1/upload")]
    [InlineData("POST", "/api/v1alpha1/comparisons")]
    [InlineData("POST", "/api/v1alpha1/comparativedocument")]
    public async Task Request_WithoutACredential_IsChallengedAndReachesNothing(string method, string route)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), route);

        using var response = await _app.CreateClient().SendAsync(request, Token);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Empty(_harbor.LogEntries);
    }

    [Theory]
    [InlineData("DELETE", $"{Versions}/v1", "delete")]
    [InlineData("PUT", $"{Versions}/v1/upload", "push")]
    [InlineData("DELETE", $"{Versions}/v1/upload", "push")]
    public async Task Request_WithTheRightToPullOnly_NamesTheMissingRight(string method, string route, string right)
    {
        Rights("pull");
        Answer("GET", "/api/v2.0/projects/team", 200, """{"project_id":1,"name":"team"}""");

        var (status, body) = await SendAsync(method, route);

        Assert.Equal(HttpStatusCode.Forbidden, status);
        Assert.Contains($"right to {right} on team/bert", (string?)body["message"]);
    }

    [Theory]
    [InlineData("""[{"name":"v1"},{"name":"v2"}]""", $"{Artifacts}/v1/tags/v1")]
    [InlineData("""[{"name":"v1"}]""", null)]
    public async Task Delete_OfAVersion_TakesTheTagAndWithTheLastTheArtifact(string tags, string? deleted)
    {
        Rights("pull", "delete");
        Answer("GET", $"{Artifacts}/v1", 200, $$"""{"digest":"{{Digest}}","media_type":"x","tags":{{tags}}}""");
        deleted ??= $"{Artifacts}/{Digest}";
        Answer("DELETE", deleted, 200, "");

        var (status, _) = await SendAsync("DELETE", $"{Versions}/v1");

        Assert.Equal(HttpStatusCode.NoContent, status);
        AssertOnlyAliceAsked(deleted);
    }

    [Fact]
    public async Task Delete_OfAnImmutableTag_IsAConflict()
    {
        Rights("pull", "delete");
        Answer("GET", $"{Artifacts}/v1", 200, $$"""{"digest":"{{Digest}}","tags":[{"name":"v1"}]}""");
        Answer("DELETE", $"{Artifacts}/{Digest}", 412, """{"errors":[{"code":"PRECONDITION","message":"matched by immutable rule"}]}""");

        var (status, body) = await SendAsync("DELETE", $"{Versions}/v1");

        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Contains("matched by immutable rule", (string?)body["message"]);
    }

    [Fact]
    public async Task Upload_ToAMissingProject_CreatesItAsTheCaller()
    {
        Rights("pull", "push");
        Answer("GET", "/api/v2.0/projects/team", 404, """{"errors":[{"code":"NOT_FOUND","message":"project team not found"}]}""");
        Answer("POST", "/api/v2.0/projects", 201, "");
        Answer("POST", "/v2/team/bert/blobs/uploads/", 403, """{"errors":[{"code":"DENIED","message":"it will exceed the configured upper limit"}]}""");

        var (status, body) = await SendAsync("PUT", $"{Versions}/v1/upload", "zip");

        Assert.Equal(HttpStatusCode.InsufficientStorage, status);
        Assert.Contains("exceed the configured upper limit", (string?)body["message"]);
        AssertOnlyAliceAsked("/api/v2.0/projects");
        AssertOnlyAliceAsked("/v2/team/bert/blobs/uploads/");
    }

    [Fact]
    public async Task Upload_ToAMissingProjectThatTheCallerMayNotCreate_IsForbidden()
    {
        Rights();
        Answer("GET", "/api/v2.0/projects/team", 403, """{"errors":[{"code":"FORBIDDEN","message":"forbidden"}]}""");
        Answer("POST", "/api/v2.0/projects", 403, """{"errors":[{"code":"FORBIDDEN","message":"only system admins may create"}]}""");

        var (status, body) = await SendAsync("PUT", $"{Versions}/v1/upload", "zip");

        Assert.Equal(HttpStatusCode.Forbidden, status);
        Assert.Contains("right to push on team/bert", (string?)body["message"]);
    }

    [Fact]
    public async Task Upload_WhileHarborIsReadOnly_MayBeTriedAgain()
    {
        Rights("pull", "push");
        Answer("GET", "/api/v2.0/projects/team", 200, """{"project_id":1,"name":"team"}""");
        Answer("POST", "/v2/team/bert/blobs/uploads/", 403, """{"errors":[{"code":"DENIED","message":"The system is in read only mode. Any modification is prohibited."}]}""");

        var (status, _) = await SendAsync("PUT", $"{Versions}/v1/upload", "zip");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
    }

    public void Dispose()
    {
        _app.Dispose();
        _harbor.Dispose();
    }

    private static string Artifact(string tag, string description) => $$"""
        {"media_type":"application/vnd.caicloud.model.config.v1alpha1+json","digest":"{{Digest}}","tags":[{"name":"{{tag}}"}],"extra_attrs":{{description}}}
        """;

    private void Rights(params string[] actions)
    {
        _harbor.Given(WireMock.RequestBuilders.Request.Create().WithPath("/v2/").UsingGet()).AtPriority(2).RespondWith(Response.Create().WithStatusCode(401)
            .WithHeader("Www-Authenticate", $"Bearer realm=\"{_harbor.Url}/service/token\",service=\"harbor-registry\""));
        _harbor.Given(WireMock.RequestBuilders.Request.Create().WithPath("/v2/").WithHeader("Authorization", "Basic *").UsingGet()).AtPriority(1)
            .RespondWith(Response.Create().WithStatusCode(200));
        var claims = $$"""{"access":[{"type":"repository","name":"team/bert","actions":[{{string.Join(',', actions.Select(action => $"\"{action}\""))}}]}]}""";
        Answer("GET", "/service/token", 200, $$"""{"token":"e30.{{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims))}}.c2ln","access_token":"","expires_in":1800}""");
    }

    private void Answer(string method, string path, int status, string body) => _harbor
        .Given(WireMock.RequestBuilders.Request.Create().WithPath(path).UsingMethod(method))
        .RespondWith(Response.Create().WithStatusCode(status).WithHeader("Content-Type", "application/json").WithBody(body));

    private void AssertOnlyAliceAsked(string path)
    {
        var asked = _harbor.LogEntries.Where(entry => entry.RequestMessage!.Path == path).ToList();
        Assert.NotEmpty(asked);
        Assert.All(asked, entry => Assert.Equal(Alice, entry.RequestMessage!.Headers!["Authorization"].Single()));
    }

    private async Task<(HttpStatusCode Status, JsonObject Body)> SendAsync(string method, string route, string? archive = null)
    {
        using var request = Request(method, route);
        request.Content = archive is null ? null : new StringContent(archive, Encoding.UTF8, "application/zip");
        using var response = await _app.CreateClient().SendAsync(request, Token);
        var text = await response.Content.ReadAsStringAsync(Token);
        return (response.StatusCode, text.Length == 0 ? [] : JsonNode.Parse(text)!.AsObject());
    }

    private static HttpRequestMessage Request(string method, string route) =>
        new(new HttpMethod(method), route) { Headers = { { "Authorization", Alice } } };
}
