using System.Net;
using System.Text;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;
using WireMock.RequestBuilders;
using WireMock.ResponseBuilders;
using WireMock.Server;

namespace Klever.Functions.Tests.Access;

/// <summary>Walks the routes of the whole public face, those that are added tomorrow included: nobody whom Harbor does not know gets
/// anything from any of them.</summary>
public sealed class EveryRouteTests : IDisposable
{
    private static readonly string?[] Strangers =
    [
        null,
        "Basic YWxpY2U6d3Jvbmc=",
        "Basic",
        "Basic !",
        "Bearer eyJhbGciOiJub25lIn0.eyJhY2Nlc3MiOltdfQ.",
        KleverApp.WebhookSecret + "x",
    ];

    private static readonly string[] ForEveryone = ["/health/", "/openapi/", "/docs"];

    private readonly WireMockServer _harbor = WireMockServer.Start();
    private readonly KleverApp _app;
    private readonly HttpClient _client;

    public EveryRouteTests()
    {
        _harbor.Given(Request.Create()).RespondWith(
            Response.Create().WithStatusCode(401).WithHeader("Www-Authenticate", "Basic realm=\"harbor\"").WithBody("{}"));
        _app = new KleverApp(
            ("KLEVER_FACE", "public"),
            ("Klever:Access", "Harbor"),
            ("Klever:Registry:Address", _harbor.Url!),
            ("SERVER_ORMB_USERNAME", "robot$service"),
            ("SERVER_ORMB_PASSWORD", "service-password"));
        _client = new HttpClient { BaseAddress = _app.Serve() };
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Request_OfNobodyKnown_IsRefusedByEveryRoute()
    {
        var routes = Routes().ToList();
        var answers = new List<string>();

        foreach (var authorization in Strangers)
        {
            foreach (var (method, path) in routes)
            {
                using var response = await SendAsync(method, path, authorization);
                if (response.StatusCode != HttpStatusCode.Unauthorized || response.Headers.WwwAuthenticate.Count == 0)
                {
                    answers.Add($"{method} {path} as {authorization}: {(int)response.StatusCode}");
                }
            }
        }

        Assert.Empty(answers);
        Assert.True(routes.Count >= 30, $"only {routes.Count} routes were found");
        Assert.DoesNotContain(_harbor.LogEntries, entry => entry.RequestMessage!.Headers!.TryGetValue("Authorization", out var values)
            && values.Any(value => value.Contains(Convert.ToBase64String(Encoding.UTF8.GetBytes("robot$service:service-password")))));
    }

    public void Dispose()
    {
        _client.Dispose();
        _app.Dispose();
        _harbor.Dispose();
    }

    private IEnumerable<(string Method, string Path)> Routes() =>
        from endpoint in _app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        let path = Path(endpoint.RoutePattern)
        where !ForEveryone.Any(open => path.StartsWith(open, StringComparison.Ordinal))
        from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]
        where method != "HEAD"
        select (method, path);

    private static string Path(RoutePattern pattern) => "/" + string.Join('/', pattern.PathSegments.Select(segment =>
        string.Concat(segment.Parts.Select(part => part is RoutePatternLiteralPart literal ? literal.Content : "x1"))));

    private async Task<HttpResponseMessage> SendAsync(string method, string path, string? authorization)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Content = method is "POST" or "PUT" or "PATCH" ? new StringContent("{", Encoding.UTF8, "application/json") : null;
        request.Headers.TryAddWithoutValidation("Authorization", authorization);
        return await _client.SendAsync(request, Token);
    }
}
