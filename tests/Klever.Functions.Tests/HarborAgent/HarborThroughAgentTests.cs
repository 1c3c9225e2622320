using System.Net;
using System.Text;
using WireMock.RequestBuilders;
using WireMock.ResponseBuilders;
using WireMock.Server;

namespace Klever.Functions.Tests.HarborAgent;

/// <summary>Harbor's own habits, played: what it says is what the caller hears, but for where addresses point and for cookies.</summary>
public sealed class HarborThroughAgentTests : IDisposable
{
    private const string Quota =
        """{"errors":[{"code":"DENIED","message":"adding 1.2 GiB of storage resource, which when updated to current usage of 9.0 GiB will exceed the configured upper limit of 10.0 GiB."}]}""";

    private const string ReadOnly = """{"errors":[{"code":"DENIED","message":"The system is in read only mode. Any modification is prohibited."}]}""";
    private const string Immutable = """{"errors":[{"code":"PRECONDITION","message":"Failed to process request due to 'bert:v1' configured as immutable."}]}""";
    private const string NginxPage = "<html>\r\n<head><title>413 Request Entity Too Large</title></head>\r\n<body></body></html>\r\n";

    private readonly WireMockServer _harbor = WireMockServer.Start();
    private readonly AgentServer _agent;
    private readonly HttpClient _client;

    public HarborThroughAgentTests()
    {
        _agent = new AgentServer(new Uri(_harbor.Url!), ("Klever:HarborAgent:Address", "https://models.example.com"));
        _client = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = _agent.Address };
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("POST", "/v2/team/bert/blobs/uploads/", 403, "application/json; charset=utf-8", Quota)]
    [InlineData("PUT", "/v2/team/bert/manifests/v1", 403, "application/json; charset=utf-8", ReadOnly)]
    [InlineData("PUT", "/v2/team/bert/manifests/v1", 412, "application/json; charset=utf-8", Immutable)]
    [InlineData("PUT", "/v2/team/bert/blobs/uploads/1", 413, "text/html", NginxPage)]
    [InlineData("GET", "/v2/team/bert/manifests/v1", 502, "text/html", NginxPage)]
    [InlineData("GET", "/v2/team/bert/referrers/sha256:x", 404, "text/plain; charset=utf-8", "404 page not found\n")]
    [InlineData("POST", "/api/v2.0/projects", 409, "application/json; charset=utf-8", """{"errors":[{"code":"CONFLICT","message":"The project named team already exists"}]}""")]
    [InlineData("GET", "/api/v2.0/projects/team/repositories/nlp%252Fbert", 200, "application/json; charset=utf-8", """{"name":"team/nlp/bert"}""")]
    [InlineData("GET", "/c/userExists", 200, "application/json", "false")]
    public async Task Answer_OfHarbor_IsWhatTheCallerHears(string method, string path, int status, string contentType, string body)
    {
        _harbor.Given(Request.Create()).RespondWith(Response.Create()
            .WithStatusCode(status).WithHeader("Content-Type", contentType).WithHeader("X-Request-Id", "4711").WithBody(body));

        using var response = await SendAsync(method, path, "Basic YWxpY2U6c2VjcmV0");

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(contentType, response.Content.Headers.ContentType!.ToString());
        Assert.Equal("4711", response.Headers.GetValues("X-Request-Id").Single());
        Assert.Equal(body, await response.Content.ReadAsStringAsync(Token));
        Assert.Equal("Basic YWxpY2U6c2VjcmV0", _harbor.LogEntries.Single().RequestMessage!.Headers!["Authorization"].Single());
    }

    [Fact]
    public async Task TokenFlow_ThroughTheAgent_StaysWithTheAgent()
    {
        var challenge = $"Bearer realm=\"{_harbor.Url}/service/token\",service=\"harbor-registry\",scope=\"repository:team/bert:pull\"";
        _harbor.Given(Request.Create().WithPath("/v2/team/bert/tags/list")).AtPriority(2)
            .RespondWith(Response.Create().WithStatusCode(401).WithHeader("Www-Authenticate", challenge));
        _harbor.Given(Request.Create().WithPath("/service/token").WithHeader("Authorization", "Basic YWxpY2U6c2VjcmV0"))
            .RespondWith(Response.Create().WithBody("""{"token":"t0ken","access_token":"","expires_in":1800}"""));
        _harbor.Given(Request.Create().WithPath("/v2/team/bert/tags/list").WithHeader("Authorization", "Bearer t0ken")).AtPriority(1)
            .RespondWith(Response.Create().WithBody("""{"name":"team/bert","tags":["v1"]}"""));

        using var refused = await SendAsync("GET", "/v2/team/bert/tags/list");
        using var token = await SendAsync("GET", "/service/token?service=harbor-registry&scope=repository:team/bert:pull", "Basic YWxpY2U6c2VjcmV0");
        using var tags = await SendAsync("GET", "/v2/team/bert/tags/list", "Bearer t0ken");

        Assert.Equal(
            "Bearer realm=\"https://models.example.com/service/token\",service=\"harbor-registry\",scope=\"repository:team/bert:pull\"",
            refused.Headers.GetValues("WWW-Authenticate").Single());
        Assert.Contains("t0ken", await token.Content.ReadAsStringAsync(Token));
        Assert.Equal("""{"name":"team/bert","tags":["v1"]}""", await tags.Content.ReadAsStringAsync(Token));
    }

    [Theory]
    [InlineData("Basic realm=\"harbor\"")]
    [InlineData("")]
    public async Task Refusal_OfAWrongPasswordOrAMissingProject_KeepsItsChallenge(string challenge)
    {
        using var upstream = RawUpstream.Answering(
            $"HTTP/1.1 401 Unauthorized\r\nWww-Authenticate: {challenge}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        using var agent = new AgentServer(upstream.Address);

        var answer = await RawRequest.SendAsync(
            agent.Address, "GET /v2/nowhere/bert/tags/list HTTP/1.1\r\nHost: agent\r\nAuthorization: Basic eA==\r\nConnection: close\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 401", answer);
        Assert.Contains($"\r\nWWW-Authenticate: {challenge}\r\n", answer);
    }

    [Fact]
    public async Task SessionCookie_OfAClient_DoesNotMeetHarborsCsrfCheck()
    {
        _harbor.Given(Request.Create().WithHeader("Cookie", "*")).AtPriority(1).RespondWith(
            Response.Create().WithStatusCode(403).WithBody("""{"errors":[{"code":"FORBIDDEN","message":"CSRF token invalid"}]}"""));
        _harbor.Given(Request.Create()).AtPriority(2).RespondWith(Response.Create().WithStatusCode(201)
            .WithHeader("Set-Cookie", "sid=1; Path=/; HttpOnly", "_gorilla_csrf=x").WithHeader("X-Harbor-CSRF-Token", "y"));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v2.0/projects") { Content = new StringContent("{}") };
        request.Headers.Add("Cookie", "sid=abc");

        using var response = await _client.SendAsync(request, Token);

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.False(response.Headers.Contains("Set-Cookie"));
        Assert.False(response.Headers.Contains("X-Harbor-CSRF-Token"));
    }

    [Theory]
    [InlineData(202, "{harbor}v2/team/bert/blobs/uploads/1?_state=x%3D%3D", "https://models.example.com/v2/team/bert/blobs/uploads/1?_state=x%3D%3D")]
    [InlineData(202, "/v2/team/bert/blobs/uploads/1?_state=x%3D", "/v2/team/bert/blobs/uploads/1?_state=x%3D")]
    [InlineData(307, "https://bucket.s3.amazonaws.com/layer?X-Amz-Signature=a%2Fb", "https://bucket.s3.amazonaws.com/layer?X-Amz-Signature=a%2Fb")]
    [InlineData(201, "{harbor}api/v2.0/projects/7", "https://models.example.com/api/v2.0/projects/7")]
    public async Task Location_OfHarbor_PointsToTheAgent(int status, string location, string expected)
    {
        _harbor.Given(Request.Create()).RespondWith(
            Response.Create().WithStatusCode(status).WithHeader("Location", location.Replace("{harbor}", $"{_harbor.Url}/")));

        using var response = await SendAsync("POST", "/v2/team/bert/blobs/uploads");

        Assert.Equal(expected, response.Headers.GetValues("Location").Single());
        Assert.EndsWith("/uploads/", _harbor.LogEntries.Single().RequestMessage!.Path);
    }

    public void Dispose()
    {
        _client.Dispose();
        _agent.Dispose();
        _harbor.Dispose();
    }

    private async Task<HttpResponseMessage> SendAsync(string method, string path, string? authorization = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Content = method is "POST" or "PUT" ? new StringContent("{}", Encoding.UTF8, "application/json") : null;
        request.Headers.TryAddWithoutValidation("Authorization", authorization);
        return await _client.SendAsync(request, Token);
    }
}
