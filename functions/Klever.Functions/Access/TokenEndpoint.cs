using System.Text.RegularExpressions;

namespace Klever.Functions.Access;

/// <summary>Where the registry issues tokens, as its anonymous challenge tells.</summary>
internal sealed partial record TokenEndpoint(Uri Realm, string Service)
{
    /// <summary>Null when the challenge is not for tokens.</summary>
    public static TokenEndpoint? Read(HttpResponseMessage challenged, Uri registry)
    {
        var challenge = challenged.Headers.WwwAuthenticate.FirstOrDefault(
            header => string.Equals(header.Scheme, "Bearer", StringComparison.OrdinalIgnoreCase));
        if (challenge?.Parameter is not { } parameters || RealmPattern().Match(parameters) is not { Success: true } realm)
        {
            return null;
        }

        // Harbor builds the realm from its external address; the path is what counts, the host is the one that we were given.
        var path = new Uri(registry, realm.Groups[1].Value).PathAndQuery;
        return new TokenEndpoint(new Uri(registry, path), ServicePattern().Match(parameters).Groups[1].Value);
    }

    public Uri For(string repository) => new(
        $"{Realm}?service={Uri.EscapeDataString(Service)}&scope={Uri.EscapeDataString($"repository:{repository}:pull,push,delete")}");

    [GeneratedRegex("realm=\"([^\"]{1,2000})\"")]
    private static partial Regex RealmPattern();

    [GeneratedRegex("service=\"([^\"]{0,500})\"")]
    private static partial Regex ServicePattern();
}
