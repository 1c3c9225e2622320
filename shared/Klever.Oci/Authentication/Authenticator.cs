using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using Klever.Oci.Transport;

namespace Klever.Oci.Authentication;

/// <summary>Decides what a request says of who asks. A credential is offered as Basic at once, which every registry either takes
/// or answers with the Bearer challenge that it wants; tokens are kept per set of scopes.</summary>
internal sealed class Authenticator(
    RegistryOptions options,
    Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> send) : IDisposable
{
    private readonly ConcurrentDictionary<string, RegistryToken> _tokens = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _fetching = new(1);
    private TokenRealm? _realm;

    /// <summary>What must not appear in any message.</summary>
    public IReadOnlyCollection<string> Secrets =>
    [
        .. _tokens.Values.Select(t => t.Value),
        options.Credential?.Password ?? "",
        options.Credential?.Header.Parameter ?? "",
    ];

    /// <summary>What to send with a request that has not been refused yet.</summary>
    public async Task<Authorization?> BeginAsync(IReadOnlyList<string> scopes, CancellationToken cancellationToken)
    {
        if (_realm is not { } realm)
        {
            return options.Credential is { } credential ? new Authorization(credential.Header, IsFresh: true) : null;
        }

        return _tokens.TryGetValue(Key(scopes), out var token) && token.RenewAt > options.Time.GetUtcNow()
            ? Bearer(token, isFresh: false)
            : await FetchAsync(realm, scopes, scopes, stale: token, cancellationToken);
    }

    /// <summary>What to send after a 401, or null when nothing else can be said.</summary>
    public async Task<Authorization?> AnswerAsync(
        IReadOnlyList<string> scopes, Authorization? sent, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var challenges = response.Headers.NonValidated.TryGetValues("WWW-Authenticate", out var values)
            ? ChallengeParser.Parse(values)
            : [];
        var bearer = challenges.FirstOrDefault(c => c.Scheme == "bearer" && c["realm"] is not null);
        if (sent is { IsBearer: true, IsFresh: true } || (bearer is null && sent is not { IsBearer: true }))
        {
            return null;
        }

        // Harbor answers a token that it does not take with a Basic challenge: the realm of before still holds.
        var realm = bearer is null ? _realm : TokenRealm.Read(bearer, response.RequestMessage!.RequestUri!, options);
        _realm = realm;
        var asked = bearer?["scope"]?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
        var stale = _tokens.Values.FirstOrDefault(t => t.Value == sent?.Header.Parameter);
        return await FetchAsync(realm!, scopes, [.. scopes.Union(asked)], stale, cancellationToken);
    }

    public void Dispose() => _fetching.Dispose();

    private async Task<Authorization> FetchAsync(
        TokenRealm realm,
        IReadOnlyList<string> scopes,
        IReadOnlyList<string> asked,
        RegistryToken? stale,
        CancellationToken cancellationToken)
    {
        await _fetching.WaitAsync(cancellationToken);
        try
        {
            var key = Key(scopes);
            if (_tokens.TryGetValue(key, out var current) && current != stale && current.RenewAt > options.Time.GetUtcNow())
            {
                return Bearer(current, isFresh: true); // Another request fetched it while this one waited.
            }

            var token = await RequestAsync(realm.For(asked), cancellationToken);
            if (_tokens.Count >= OciLimits.MaximumTokens)
            {
                _tokens.Clear();
            }

            _tokens[key] = token;
            return Bearer(token, isFresh: true);
        }
        finally
        {
            _fetching.Release();
        }
    }

    private async Task<RegistryToken> RequestAsync(Uri uri, CancellationToken cancellationToken)
    {
        var request = new RegistryRequest { Method = HttpMethod.Get, Uri = uri, Scopes = [] };
        using var message = request.ToMessage(uri, options.Credential?.Header, options.UserAgent);
        using var response = await send(message, cancellationToken);
        if (response.StatusCode != HttpStatusCode.OK)
        {
            throw await ErrorReader.ReadAsync(response, request, Secrets, options.ActivityTimeout, cancellationToken);
        }

        var body = await BoundedBody.ReadAsync(
            response, OciLimits.MaximumTokenBytes, "answer of the token endpoint", options.ActivityTimeout, cancellationToken);
        return TokenResponse.Read(body, options.Time.GetUtcNow());
    }

    private static Authorization Bearer(RegistryToken token, bool isFresh) =>
        new(new AuthenticationHeaderValue("Bearer", token.Value), isFresh);

    private static string Key(IEnumerable<string> scopes) => string.Join(' ', scopes.Order(StringComparer.Ordinal));
}
