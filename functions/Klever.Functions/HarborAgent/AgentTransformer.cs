using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using Yarp.ReverseProxy.Forwarder;

namespace Klever.Functions.HarborAgent;

/// <summary>What of one request goes to Harbor, and what of its answer goes back: everything, as it is, but for what belongs to one
/// of the two connections, cookies, and where addresses point.</summary>
internal sealed class AgentTransformer(Uri destination, AgentAddress address) : HttpTransformer
{
    /// <summary>Bodies from this size on are sent only when Harbor has agreed to take them.</summary>
    private const long LargeBody = 1024 * 1024;

    // What a client says of where it comes from would end up in the addresses that Harbor answers with.
    private static readonly string[] NotForwarded =
        [HeaderNames.Host, HeaderNames.Cookie, "Forwarded", "X-Real-IP", "X-Original-URL", "X-Rewrite-URL", "X-Content-Length"];

    private static readonly string[] NotReturned = [HeaderNames.SetCookie, "X-Harbor-CSRF-Token"];

    public override async ValueTask TransformRequestAsync(
        HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
    {
        await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
        proxyRequest.RequestUri = destination;
        foreach (var name in httpContext.Request.Headers.Select(header => header.Key).Where(IsAboutTheWay)
            .Concat(NotForwarded).Concat(Nominated(httpContext.Request.Headers.Connection)))
        {
            proxyRequest.Headers.Remove(name);
        }

        if (proxyRequest.Content is not null && httpContext.Request.ContentLength is null or >= LargeBody)
        {
            proxyRequest.Headers.ExpectContinue = true;
        }
    }

    public override async ValueTask<bool> TransformResponseAsync(
        HttpContext httpContext, HttpResponseMessage? proxyResponse, CancellationToken cancellationToken)
    {
        var copied = await base.TransformResponseAsync(httpContext, proxyResponse, cancellationToken);
        var headers = httpContext.Response.Headers;
        foreach (var name in NotReturned)
        {
            headers.Remove(name);
        }

        Rewrite(headers, HeaderNames.Location, address.Rewrite);
        Rewrite(headers, HeaderNames.WWWAuthenticate, challenge => ChallengeRealm.Rewrite(challenge, address.Rewrite));
        return copied;
    }

    private static void Rewrite(IHeaderDictionary headers, string name, Func<string, string> rewrite)
    {
        if (headers.TryGetValue(name, out var values))
        {
            headers[name] = new StringValues([.. values.Select(value => value is null ? null : rewrite(value))]);
        }
    }

    private static bool IsAboutTheWay(string name) => name.StartsWith("X-Forwarded-", StringComparison.OrdinalIgnoreCase);

    // Headers that the client declares to be for this connection only (RFC 9110, section 7.6.1).
    private static IEnumerable<string> Nominated(StringValues connection) => connection.OfType<string>()
        .SelectMany(value => value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        .Where(name => name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'));
}
