namespace Klever.Functions.Tests.HarborAgent;

/// <summary>Requests as bytes: the agent reaches the one registry that it was given, and nothing of what a client says about other
/// hosts gets there.</summary>
public sealed class HostileRequestTests : IClassFixture<HostileRequestTests.Servers>
{
    private readonly RawUpstream _upstream;
    private readonly AgentServer _agent;

    public HostileRequestTests(Servers servers)
    {
        (_upstream, _agent) = (servers.Upstream, servers.Agent);
        _upstream.Forget();
    }

    [Theory]
    [InlineData("GET http://evil.example/v2/ HTTP/1.1\r\nHost: evil.example")]
    [InlineData("GET http://127.0.0.1:1/v2/ HTTP/1.1\r\nHost: agent")]
    [InlineData("GET //evil.example/v2/ HTTP/1.1\r\nHost: agent")]
    [InlineData("GET /\\evil.example/v2/ HTTP/1.1\r\nHost: agent")]
    [InlineData("GET /v2/..\\..\\api HTTP/1.1\r\nHost: agent")]
    [InlineData("GET /v2/%2e%2e/api/v2.0/users HTTP/1.1\r\nHost: agent")]
    [InlineData("GET /v2/../api/v2.0/users HTTP/1.1\r\nHost: agent")]
    [InlineData("GET /v2/..%2fservice/notifications HTTP/1.1\r\nHost: agent")]
    [InlineData("GET /user:password@evil.example/v2/ HTTP/1.1\r\nHost: agent")]
    [InlineData("GET @evil.example/v2/ HTTP/1.1\r\nHost: agent")]
    [InlineData("GET /v2/ HTTP/1.1\r\nHost: user@evil.example")]
    [InlineData("GET /v2/ HTTP/1.1\r\nHost: a\r\nHost: b")]
    [InlineData("CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example:443")]
    [InlineData("TRACE /v2/ HTTP/1.1\r\nHost: agent")]
    [InlineData("OPTIONS * HTTP/1.1\r\nHost: agent")]
    [InlineData("GET /v2/a%0d%0aX-Injected:1 HTTP/1.1\r\nHost: agent")]
    [InlineData("GET /v2/ HTTP/1.1\r\nHost: agent\r\nX-A: a\nb: c\rd")]
    [InlineData("GET /service/notifications/tasks/1 HTTP/1.1\r\nHost: agent")]
    [InlineData("GET /api/v1alpha1/namespaces/default/modeljobs HTTP/1.1\r\nHost: agent")]
    [InlineData("GET /api/%2e%2e/webhook HTTP/1.1\r\nHost: agent")]
    [InlineData("POST /webhook HTTP/1.1\r\nHost: agent\r\nContent-Length: 0")]
    [InlineData("POST / HTTP/1.1\r\nHost: agent\r\nContent-Length: 0")]
    [InlineData("POST /v2/a/b/blobs/uploads/ HTTP/1.1\r\nHost: agent\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0")]
    [InlineData("POST /v2/a/b/blobs/uploads/ HTTP/1.1\r\nHost: agent\r\nTransfer-Encoding: chunked, identity\r\n\r\n0")]
    [InlineData("POST /v2/a/b/blobs/uploads/ HTTP/1.1\r\nHost: agent\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\nabcd")]
    public async Task Request_ForAnythingElse_NeverLeavesTheAgent(string request)
    {
        var answer = await RawRequest.SendAsync(_agent.Address, $"{request}\r\nConnection: close\r\n\r\n");

        Assert.InRange(RawRequest.Status(answer), 400, 499);
        Assert.Empty(_upstream.Heads);
    }

    [Fact]
    public async Task Request_WithASpoofedHost_GoesToTheRegistryUnderItsOwnName()
    {
        var answer = await RawRequest.SendAsync(
            _agent.Address,
            "GET /v2/ HTTP/1.1\r\nHost: evil.example\r\nX-Forwarded-Host: evil.example\r\nX-Forwarded-Proto: gopher\r\n"
            + "X-Forwarded-For: 1.2.3.4\r\nForwarded: host=evil.example\r\nX-Original-URL: /evil\r\nX-Real-IP: 1.2.3.4\r\nConnection: close\r\n\r\n");

        Assert.Equal(200, RawRequest.Status(answer));
        var head = Assert.Single(_upstream.Heads);
        Assert.Contains($"\r\nHost: {_upstream.Address.Authority}\r\n", head);
        Assert.DoesNotContain("evil", head);
        Assert.DoesNotContain("1.2.3.4", head);
        Assert.DoesNotContain("gopher", head);
    }

    [Fact]
    public async Task Request_WithHeadersOfItsConnection_ArrivesWithoutThem()
    {
        await RawRequest.SendAsync(
            _agent.Address,
            "GET /v2/ HTTP/1.0\r\nHost: agent\r\nConnection: X-Mine\r\nX-Mine: 1\r\nKeep-Alive: 5\r\nTE: trailers\r\n"
            + "Upgrade: websocket\r\nProxy-Authorization: Basic eA==\r\nCookie: sid=1\r\nX-Request-Id: 4711\r\nAuthorization: Basic YTpi\r\n\r\n");

        var head = Assert.Single(_upstream.Heads);
        foreach (var name in new[] { "X-Mine", "Keep-Alive", "TE:", "Upgrade", "Proxy-Authorization", "Cookie", "traceparent" })
        {
            Assert.DoesNotContain(name, head, StringComparison.OrdinalIgnoreCase);
        }

        Assert.Contains("X-Request-Id: 4711", head, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Authorization: Basic YTpi", head);
    }

    [Theory]
    [InlineData("/api/v2.0/projects/p/repositories/a%252Fb/artifacts?q=tags%3Dv1&with_tag=true")]
    [InlineData("/api/v2.0/projects/p/repositories/a%2Fb/artifacts")]
    [InlineData("/api/v2.0/projects/p/repositories/a%25252Fb/artifacts")]
    [InlineData("/v2/a/b/blobs/uploads/id?_state=Zm9v%3D%3D&x=%7e~%41&digest=sha256:ab")]
    [InlineData("/v2/a/b/blobs/sha256:ab")]
    [InlineData("/v2/a/b/blobs/sha256%3Aab")]
    [InlineData("/service/token?service=harbor-registry&scope=repository:a/b:pull,push&scope=repository:c/d:pull")]
    public async Task Request_WithEncodedParts_KeepsItsTargetToTheByte(string target)
    {
        await RawRequest.SendAsync(_agent.Address, $"GET {target} HTTP/1.1\r\nHost: agent\r\nConnection: close\r\n\r\n");

        Assert.StartsWith($"GET {target} HTTP/1.1\r\n", Assert.Single(_upstream.Heads));
    }

    [Fact]
    public async Task Request_WithoutACredential_IsNotGivenOurs()
    {
        var answer = await RawRequest.SendAsync(_agent.Address, "GET /v2/ HTTP/1.1\r\nHost: agent\r\nConnection: close\r\n\r\n");

        Assert.DoesNotContain("Authorization", Assert.Single(_upstream.Heads));
        Assert.DoesNotContain("Set-Cookie", answer);
    }

    [Fact]
    public async Task Answer_WithBrokenHeaders_IsAFailureOfTheRegistry()
    {
        using var upstream = RawUpstream.Answering("HTTP/1.1 200 OK\r\nX-A: \u0001\u0002\r\nContent-Length: zwei\r\nConnection: close\r\n\r\nok");
        using var agent = new AgentServer(upstream.Address);

        var answer = await RawRequest.SendAsync(agent.Address, "GET /v2/ HTTP/1.1\r\nHost: agent\r\nConnection: close\r\n\r\n");

        Assert.Equal(502, RawRequest.Status(answer));
        Assert.Contains("\"code\":\"UNAVAILABLE\"", answer);
    }

    public sealed class Servers : IDisposable
    {
        internal RawUpstream Upstream { get; } =
            RawUpstream.Answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nSet-Cookie: sid=1\r\nConnection: close\r\n\r\nok");

        internal AgentServer Agent => field ??= new AgentServer(Upstream.Address);

        public void Dispose()
        {
            Agent.Dispose();
            Upstream.Dispose();
        }
    }
}
