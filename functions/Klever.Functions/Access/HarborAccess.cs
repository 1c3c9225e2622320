using System.Net;
using System.Net.Http.Headers;
using Klever.Functions.Hosting;
using Klever.Models;

namespace Klever.Functions.Access;

/// <summary>Asks Harbor what the caller's own Basic credential may do: a registry token for the repository is requested with it, and
/// the actions in the token are the rights (distribution, "Token Authentication"; Harbor answers 200 with fewer actions).</summary>
internal sealed class HarborAccess(RegistrySettings registry, HttpClient client) : IAccess
{
    private const string Scheme = "Basic";

    // Base64 of user and password; Harbor's own limits are far below.
    private const int MaximumCredentialLength = 8 * 1024;

    public async Task RequireAsync(
        HttpRequest caller, string repository, Right right, CancellationToken cancellationToken)
    {
        var credential = Credential(caller);
        var challenge = await ChallengeAsync(credential, cancellationToken);
        if (challenge is null)
        {
            return;
        }

        var actions = await ActionsAsync(challenge, credential, repository, cancellationToken);
        if (!actions.Contains(right.ToString().ToLowerInvariant()) && !actions.Contains("*"))
        {
            throw AccessDeniedException.Forbidden(repository, right);
        }
    }

    private static AuthenticationHeaderValue Credential(HttpRequest caller)
    {
        var header = caller.Headers.Authorization;
        return header.Count == 1 && header.ToString().Length <= MaximumCredentialLength
            && AuthenticationHeaderValue.TryParse(header.ToString(), out var credential)
            && string.Equals(credential.Scheme, Scheme, StringComparison.OrdinalIgnoreCase) && credential.Parameter is { Length: > 0 }
            ? credential
            : throw AccessDeniedException.Unauthenticated("Send your Harbor user or robot account with HTTP Basic authentication.");
    }

    // A credential is checked without a scope first: asked with one, Harbor answers a wrong password with an empty token.
    private async Task<TokenEndpoint?> ChallengeAsync(AuthenticationHeaderValue credential, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(registry.Address, "/v2/"));
        request.Headers.Authorization = credential;
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (response.StatusCode == HttpStatusCode.Unauthorized)
        {
            throw AccessDeniedException.Unauthenticated("Harbor does not know this user or password.");
        }

        response.EnsureSuccessStatusCode();
        return await TokenEndpoint.FindAsync(client, registry.Address, cancellationToken);
    }

    private async Task<IReadOnlySet<string>> ActionsAsync(
        TokenEndpoint endpoint, AuthenticationHeaderValue credential, string repository, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, endpoint.For(repository));
        request.Headers.Authorization = credential;
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
        {
            throw AccessDeniedException.Unauthenticated("Harbor does not know this user or password.");
        }

        response.EnsureSuccessStatusCode();
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        return await RegistryToken.ActionsAsync(body, repository, cancellationToken);
    }
}
