using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Klever.Oci.Harbor;
using WireMock.RequestBuilders;
using WireMock.ResponseBuilders;
using WireMock.Server;

namespace Klever.Oci.Tests.Harbor;

/// <summary>Harbor's REST API with its own payloads and quirks (swagger of v2.0).</summary>
public sealed class HarborClientTests : IDisposable
{
    private const string Password = "p4ss-w0rd-of-test";
    private const string Nginx = "<html>\r\n<head><title>Gateway</title></head>\r\n<body>nginx</body>\r\n</html>";
    private readonly WireMockServer _harbor = WireMockServer.Start();
    private readonly HarborClient _client;

    public HarborClientTests() => _client = new HarborClient(new RegistryOptions
    {
        Address = new Uri(_harbor.Url!),
        Credential = new RegistryCredential("robot$ci", Password),
    });

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _client.Dispose();
        _harbor.Dispose();
    }

    [Fact]
    public async Task Requests_ForANestedRepository_EncodeItsSlashesTwice()
    {
        var recorder = new Recorder();
        using var client = new HarborClient(new RegistryOptions { Address = new Uri("https://hub.example.com") }, recorder);

        _ = await client.ListArtifactsAsync("team/nlp/en/bert", "type=MODEL,tags=*", cancellationToken: Stop).ToListAsync(Stop);
        await client.FindArtifactAsync("team/bert", $"sha256:{new string('a', 64)}", Stop);
        await client.DeleteTagAsync("team/nlp/bert", "v1", Stop);
        await client.DeleteArtifactAsync("team/nlp/bert", "v1", Stop);

        Assert.Equal(
            [
                "GET /api/v2.0/projects/team/repositories/nlp%252Fen%252Fbert/artifacts?with_tag=true&q=type%3DMODEL%2Ctags%3D%2A&page=1&page_size=100",
                $"GET /api/v2.0/projects/team/repositories/bert/artifacts/sha256%3A{new string('a', 64)}?with_tag=true",
                "DELETE /api/v2.0/projects/team/repositories/nlp%252Fbert/artifacts/v1/tags/v1",
                "DELETE /api/v2.0/projects/team/repositories/nlp%252Fbert/artifacts/v1",
            ],
            recorder.Requests);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(99, 1)]
    [InlineData(100, 1)]
    [InlineData(250, 3)]
    public async Task List_OfManyPages_CountsThemInsteadOfFollowingLinks(int total, int pages)
    {
        for (var page = 1; page <= 3; page++)
        {
            var names = Enumerable.Range(0, total).Skip((page - 1) * 100).Take(100);
            _harbor.Given(Request.Create().WithPath("/api/v2.0/projects/team/repositories").WithParam("page", $"{page}").WithParam("page_size", "100"))
                .RespondWith(Json(200, Repositories(names))
                    .WithHeader("X-Total-Count", $"{total}")
                    .WithHeader("Link", """</api/v2.0/projects/team/repositories?page=1&page_size=1>; rel="next" , <http://evil.example.com/?page=2>; rel="next" """));
        }

        var found = await _client.ListRepositoriesAsync("team", Stop).ToListAsync(Stop);

        Assert.Equal((total, pages), (found.Count, _harbor.LogEntries.Count));
        Assert.Equal(Enumerable.Range(0, total).Select(i => $"team/m{i}"), found.Select(repository => repository.Name));
    }

    [Fact]
    public async Task List_OfArtifacts_ReadsWhatHarborKeeps()
    {
        _harbor.Given(Request.Create().WithPath("/api/v2.0/projects/team/repositories/bert/artifacts")).RespondWith(Json(200, $$$"""
            [{"id":7,"type":"MODEL","media_type":"application/vnd.caicloud.model.config.v1alpha1+json","digest":"sha256:{{{new string('a', 64)}}}",
              "size":1234,"push_time":"2026-01-02T03:04:05.678Z","pull_time":"0001-01-01T00:00:00.000Z","repository_name":"team/bert",
              "tags":[{"id":1,"name":"v1","push_time":"2026-01-02T03:04:05.678Z"},{"name":"latest"}],
              "extra_attrs":{"format":"ONNX","signature":{"layers":{"Conv":9.223372036854776e+18} } },
              "annotations":{"io.kleveross.extraction.job":"extract-x"},"addition_links":{}},
             {"id":8,"type":"IMAGE","media_type":"application/vnd.oci.image.config.v1+json","digest":"sha256:{{{new string('b', 64)}}}","tags":null,"extra_attrs":null}]
            """));

        var artifacts = await _client.ListArtifactsAsync("team/bert", cancellationToken: Stop).ToListAsync(Stop);

        Assert.Equal([true, false], artifacts.Select(artifact => artifact.IsModel));
        var model = artifacts[0];
        Assert.Equal((1234, "v1,latest", "ONNX"), (model.Size, string.Join(',', model.Tags), (string?)model.ExtraAttributes!["format"]));
        Assert.Equal((DateTimeOffset.Parse("2026-01-02T03:04:05.678Z"), null), (model.PushTime, model.PullTime));
        Assert.Equal("extract-x", model.Annotations["io.kleveross.extraction.job"]);
        Assert.Empty(artifacts[1].Tags);
    }

    [Theory]
    [InlineData(200, """{"version":"v2.0"}""", true)]
    [InlineData(404, "404 page not found\n", false)]
    [InlineData(401, """{"errors":[{"code":"UNAUTHORIZED","message":"authentication required"}]}""", false)]
    [InlineData(200, Nginx, false)]
    public async Task IsHarbor_OfWhatAnswers_TellsThemApart(int status, string body, bool expected)
    {
        _harbor.Given(Request.Create().WithPath("/api/version")).RespondWith(Json(status, body));

        Assert.Equal(expected, await _client.IsHarborAsync(Stop));
    }

    [Theory]
    [InlineData(502, Nginx)]
    [InlineData(503, """{"errors":[{"code":"UNKNOWN","message":"starting"}]}""")]
    [InlineData(429, """{"errors":[{"code":"TOO_MANY_REQUEST","message":"slow down"}]}""")]
    public async Task IsHarbor_WhileItFails_DoesNotGuess(int status, string body)
    {
        _harbor.Given(Request.Create().WithPath("/api/version")).RespondWith(Json(status, body));

        var exception = await Assert.ThrowsAsync<HarborException>(() => _client.IsHarborAsync(Stop));

        Assert.True(exception.IsTransient);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    public async Task FindProject_ThatMayNotBeSeen_IsNone(int status)
    {
        _harbor.Given(Request.Create().WithPath("/api/v2.0/projects/123")).RespondWith(Json(status, """{"errors":[{"code":"FORBIDDEN","message":"forbidden"}]}"""));

        Assert.Null(await _client.FindProjectAsync("123", Stop));
        Assert.Equal("true", Assert.Single(_harbor.LogEntries).RequestMessage!.Headers!["X-Is-Resource-Name"].Single());
    }

    [Theory]
    [InlineData(201, "", true)]
    [InlineData(409, """{"errors":[{"code":"CONFLICT","message":"The project named team already exists"}]}""", false)]
    public async Task CreateProject_IsPrivateAndHarmlessTwice(int status, string body, bool created)
    {
        _harbor.Given(Request.Create().WithPath("/api/v2.0/projects").UsingPost()).RespondWith(Json(status, body));

        Assert.Equal(created, await _client.CreateProjectAsync("team", cancellationToken: Stop));
        Assert.Equal(
            """{"project_name":"team","metadata":{"public":"false"},"storage_limit":-1}""",
            JsonNode.Parse(_harbor.LogEntries.Single().RequestMessage!.Body!)!.ToJsonString());
    }

    [Theory]
    [InlineData(412, """{"errors":[{"code":"PRECONDITION","message":"the tag v1 is immutable"}]}""", "412 PRECONDITION the tag v1 is immutable")]
    [InlineData(413, Nginx, "413 ")]
    [InlineData(403, """{"errors":[{"code":"FORBIDDEN","message":"CSRF token invalid"}]}""", "403 FORBIDDEN CSRF token invalid")]
    [InlineData(500, """{"errors":[{"code":"UNKNOWN","message":"internal server error"}]}""", "500 UNKNOWN internal server error")]
    public async Task Refusals_AreToldWithoutHtmlAndCredential(int status, string body, string text)
    {
        _harbor.Given(Request.Create().UsingDelete()).RespondWith(Json(status, body));

        var exception = await Assert.ThrowsAsync<HarborException>(() => _client.DeleteArtifactAsync("team/bert", "v1", Stop));

        Assert.Equal((HttpStatusCode)status, exception.Status);
        Assert.EndsWith(text, exception.Message);
        Assert.DoesNotContain(Password, exception.ToString());
        Assert.DoesNotContain("<html>", exception.Message);
    }

    [Fact]
    public async Task Requests_AfterASessionCookie_DoNotSendIt()
    {
        _harbor.Given(Request.Create().UsingAnyMethod()).RespondWith(Json(200, "[]").WithHeader("Set-Cookie", "sid=abc; Path=/; HttpOnly"));

        _ = await _client.ListProjectsAsync(Stop).ToListAsync(Stop);
        await _client.DeleteTagAsync("team/bert", "v1", Stop);

        Assert.All(_harbor.LogEntries, entry => Assert.DoesNotContain("Cookie", entry.RequestMessage!.Headers!.Keys));
        Assert.All(_harbor.LogEntries, entry => Assert.Equal(
            $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"robot$ci:{Password}"))}", entry.RequestMessage!.Headers!["Authorization"].Single()));
    }

    [Fact]
    public async Task As_AnotherUser_SendsThatCredential()
    {
        _harbor.Given(Request.Create().UsingAnyMethod()).RespondWith(Json(200, "[]"));
        using var alice = _client.As(new RegistryCredential("alice", "x"));

        _ = await alice.ListProjectsAsync(Stop).ToListAsync(Stop);

        Assert.Equal("Basic YWxpY2U6eA==", _harbor.LogEntries.Single().RequestMessage!.Headers!["Authorization"].Single());
    }

    private static string Repositories(IEnumerable<int> numbers) => new JsonArray([.. numbers.Select(number => new JsonObject
    {
        ["name"] = $"team/m{number}",
        ["artifact_count"] = 1,
        ["pull_count"] = 2,
        ["update_time"] = "2026-01-02T03:04:05.678Z",
    })]).ToJsonString();

    private static IResponseBuilder Json(int status, string body) =>
        Response.Create().WithStatusCode(status).WithHeader("Content-Type", "application/json; charset=utf-8").WithBody(body);

    // A server decodes the path before anyone sees it, and this is about what is sent.
    private sealed class Recorder : HttpMessageHandler
    {
        public List<string> Requests { get; } = [];

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Requests.Add($"{request.Method} {request.RequestUri!.PathAndQuery}");
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(request.Method == HttpMethod.Get ? "[]" : "") });
        }
    }
}
