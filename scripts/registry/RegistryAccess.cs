using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Klever.Registry;

/// <summary>Who may use the registry, in the two ways of asking: Basic, or Bearer with Harbor's habits (a wrong password with a scope
/// gets a token without rights; a bad Authorization header is answered with a Basic challenge).</summary>
public sealed class RegistryAccess
{
    private readonly ConcurrentDictionary<string, Grant> _tokens = new(StringComparer.Ordinal);

    private RegistryAccess(string user, string password, bool bearer, bool takesBasic) =>
        (User, Password, IsBearer, TakesBasic) = (user, password, bearer, takesBasic);

    public string User { get; }

    public string Password { get; }

    public bool IsBearer { get; }

    /// <summary>Whether Basic works on every call beside tokens, as with Harbor.</summary>
    public bool TakesBasic { get; }

    /// <summary>Seconds that a new token lives.</summary>
    public int TokenSeconds { get; set; } = 1800;

    /// <summary>Puts the token into <c>access_token</c> and leaves <c>token</c> empty; Harbor does the reverse.</summary>
    public bool AccessTokenOnly { get; set; }

    /// <summary>Tokens given so far.</summary>
    public int TokensIssued { get; private set; }

    /// <summary>The token endpoint, when it is not this registry's own.</summary>
    public Uri? Realm { get; set; }

    public static RegistryAccess Basic(string user, string password) => new(user, password, bearer: false, takesBasic: true);

    public static RegistryAccess Bearer(string user, string password, bool takesBasic = false) =>
        new(user, password, bearer: true, takesBasic);

    /// <summary>Makes every token given so far invalid.</summary>
    public void ExpireTokens() => _tokens.Clear();

    /// <summary>Whether the request may go on; writes the 401 otherwise.</summary>
    internal bool Admit(HttpContext context, RegistryRoute route)
    {
        var header = context.Request.Headers.Authorization.ToString();
        if ((TakesBasic && header == BasicHeader()) || (IsBearer && MayUse(header, context.Request.Method, route)))
        {
            return true;
        }

        var scope = route.Name is null ? "" : $",scope=\"repository:{route.Name}:pull,push\"";
        var realm = Realm ?? new Uri($"{context.Request.Scheme}://{context.Request.Host}/service/token");
        context.Response.Headers.WWWAuthenticate = IsBearer && (header.Length == 0 || !TakesBasic)
            ? $"Bearer realm=\"{realm}\",service=\"harbor-registry\"{scope}"
            : "Basic realm=\"harbor\"";
        return false;
    }

    internal async Task IssueAsync(HttpContext context)
    {
        var scopes = context.Request.Query["scope"].OfType<string>().SelectMany(s => s.Split(' ')).ToArray();
        var known = context.Request.Headers.Authorization.ToString() == BasicHeader();
        if (!known && scopes.Length == 0)
        {
            await RegistryErrors.WriteAsync(context, 401, "UNAUTHORIZED", "unauthorized");
            return;
        }

        var token = Guid.NewGuid().ToString("N");
        _tokens[token] = new Grant(known ? scopes : [], DateTimeOffset.UtcNow.AddSeconds(TokenSeconds));
        TokensIssued++;
        var (first, second) = AccessTokenOnly ? ("", token) : (token, "");
        await context.Response.WriteAsJsonAsync(
            new Dictionary<string, object> { ["token"] = first, ["access_token"] = second, ["expires_in"] = TokenSeconds });
    }

    private string BasicHeader() => "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{User}:{Password}"));

    private bool MayUse(string header, string method, RegistryRoute route)
    {
        var token = header.StartsWith("Bearer ", StringComparison.Ordinal) ? header["Bearer ".Length..] : "";
        if (!_tokens.TryGetValue(token, out var grant) || grant.Expires < DateTimeOffset.UtcNow)
        {
            return false;
        }

        var action = method is "GET" or "HEAD" ? "pull" : method is "DELETE" && route.Kind == RouteKind.Manifest ? "delete" : "push";
        return route.Name is null || grant.Scopes.Any(s =>
            s.StartsWith($"repository:{route.Name}:", StringComparison.Ordinal) && s.Split(':')[^1].Split(',').Contains(action));
    }

    private sealed record Grant(IReadOnlyList<string> Scopes, DateTimeOffset Expires);
}
