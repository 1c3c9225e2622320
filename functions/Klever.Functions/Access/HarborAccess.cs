using System.Collections.Frozen;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Klever.Functions.Hosting;
using Klever.Oci;

namespace Klever.Functions.Access;

/// <summary>Asks Harbor what the caller's own Basic credential may do: a registry token for the repository is requested with it, and
/// the actions in the token are the rights (distribution, "Token Authentication"; Harbor answers 200 with fewer actions).</summary>
internal sealed class HarborAccess(RegistrySettings registry, HttpClient client, TimeProvider clock) : IAccess
{
    private const string AnyAction = "*";

    // Stands for "Harbor knows this account" among the repositories.
    private const string Account = "";

    private static readonly FrozenSet<string> Everything = [AnyAction];

    private readonly TokenEndpoints _endpoints = new(registry.Address, client, clock);
    private readonly RightsMemory _memory = new(clock);

    public async Task RequireAsync(
        HttpRequest caller, string repository, Right right, CancellationToken cancellationToken)
    {
        var credential = CallerCredential.RequireHeader(caller);
        await RequireKnownAsync(credential, cancellationToken);
        var actions = await ActionsAsync(credential, repository, cancellationToken);
        if (!actions.Contains(right.ToString().ToLowerInvariant()) && !actions.Contains(AnyAction))
        {
            throw AccessDeniedException.Forbidden(repository, right);
        }
    }

    public Task RequireKnownAsync(HttpRequest caller, CancellationToken cancellationToken) =>
        RequireKnownAsync(CallerCredential.RequireHeader(caller), cancellationToken);

    /// <summary>What an account may do with a repository, for our own account: <c>pull</c>, <c>push</c>, <c>delete</c>, or <c>*</c>.</summary>
    /// <exception cref="AccessDeniedException">Harbor does not know it.</exception>
    public async Task<IReadOnlySet<string>> ActionsAsync(
        RegistryCredential account, string repository, CancellationToken cancellationToken)
    {
        var credential = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{account.Username}:{account.Password}")));
        await RequireKnownAsync(credential, cancellationToken);
        return await ActionsAsync(credential, repository, cancellationToken);
    }

    // A credential is checked without a scope first: asked with one, Harbor answers a wrong password with the rights of nobody.
    private async Task RequireKnownAsync(AuthenticationHeaderValue credential, CancellationToken cancellationToken)
    {
        if (_memory.Find(credential.Parameter!, Account) is not null)
        {
            return;
        }

        using var response = await SendAsync(new Uri(registry.Address, "/v2/"), credential, cancellationToken);
        _memory.Keep(credential.Parameter!, Account, Everything);
    }

    private async Task<IReadOnlySet<string>> ActionsAsync(
        AuthenticationHeaderValue credential, string repository, CancellationToken cancellationToken)
    {
        if (_memory.Find(credential.Parameter!, repository) is { } kept)
        {
            return kept;
        }

        // A registry without tokens (htpasswd) lets everyone whom it knows do everything.
        var endpoint = await _endpoints.FindAsync(cancellationToken);
        var actions = endpoint is null ? Everything : await AskAsync(endpoint, credential, repository, cancellationToken);
        if (actions.Count > 0)
        {
            _memory.Keep(credential.Parameter!, repository, actions);
        }

        return actions;
    }

    private async Task<IReadOnlySet<string>> AskAsync(
        TokenEndpoint endpoint, AuthenticationHeaderValue credential, string repository, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(endpoint.For(repository), credential, cancellationToken);
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        return await RegistryToken.ActionsAsync(body, repository, cancellationToken);
    }

    private async Task<HttpResponseMessage> SendAsync(
        Uri address, AuthenticationHeaderValue credential, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address) { Headers = { Authorization = credential } };
        var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
        {
            response.Dispose();
            throw AccessDeniedException.Unauthenticated("Harbor does not know this user or password.");
        }

        return response.EnsureSuccessStatusCode();
    }
}
