namespace Klever.Functions.HarborAgent;

/// <summary>Turns addresses of Harbor into addresses of the agent.</summary>
/// <param name="Origin">Scheme, host and port by which the client reaches the agent.</param>
/// <param name="Harbor">The registry that is forwarded to.</param>
/// <param name="Aliases">Other hosts, with port, that mean the same registry.</param>
internal sealed record AgentAddress(string Origin, Uri Harbor, IReadOnlyList<string> Aliases)
{
    private const string AfterScheme = "://";

    /// <summary>The same address through the agent. Relative ones and those of other hosts, such as an object storage, stay.</summary>
    public string Rewrite(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && IsHarbor(uri)
            ? Origin + PathAndQuery(address)
            : address;

    // Harbor behind a proxy that ends TLS says http where it is reached by https; both on their own port are the same registry.
    private bool IsHarbor(Uri uri) =>
        (string.Equals(uri.IdnHost, Harbor.IdnHost, StringComparison.OrdinalIgnoreCase)
            && (uri.Port == Harbor.Port || (uri.IsDefaultPort && Harbor.IsDefaultPort)))
        || Aliases.Contains(uri.Authority, StringComparer.OrdinalIgnoreCase)
        || Aliases.Contains($"{uri.Host}:{uri.Port}", StringComparer.OrdinalIgnoreCase);

    // As written: the state of an upload is in the query, and Uri would decode some of it.
    private static string PathAndQuery(string address)
    {
        var authority = address.IndexOf(AfterScheme, StringComparison.Ordinal) + AfterScheme.Length;
        var path = address.AsSpan(authority).IndexOfAny("/?#");
        return path < 0 ? "/" : address[(authority + path)..];
    }
}
