using System.Net;

namespace Klever.Functions.Access;

/// <summary>Finds where the registry issues tokens by asking it as nobody, and remembers that for a while.</summary>
internal sealed class TokenEndpoints(Uri registry, HttpClient client, TimeProvider clock)
{
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(10);

    private volatile Found? _found;

    /// <summary>Null when the registry has no tokens but knows its users itself.</summary>
    /// <exception cref="AccessDeniedException">It asks nobody who they are, so it cannot decide anything.</exception>
    public async Task<TokenEndpoint?> FindAsync(CancellationToken cancellationToken)
    {
        if (_found is { } known && known.Until > clock.GetUtcNow())
        {
            return known.Endpoint;
        }

        using var response = await client.GetAsync(
            new Uri(registry, "/v2/"), HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (response.StatusCode == HttpStatusCode.Unauthorized)
        {
            _found = new Found(TokenEndpoint.Read(response, registry), clock.GetUtcNow() + Life);
            return _found.Endpoint;
        }

        response.EnsureSuccessStatusCode();
        throw AccessDeniedException.Undecided(
            "The registry asks nobody who they are, so it cannot say who may do this. Give it users, or choose Klever:Access=Open by name.");
    }

    private sealed record Found(TokenEndpoint? Endpoint, DateTimeOffset Until);
}
