using System.Net.Http.Headers;
using System.Text.RegularExpressions;

namespace Klever.Functions.Access;

/// <summary>Where the registry issues tokens, as its anonymous challenge tells.</summary>
internal sealed partial record TokenEndpoint(Uri Realm, string Service)
{
    /// <summary>Null when the challenge is for passwords: then the registry has no tokens.</summary>
    /// <exception cref="HttpRequestException">It is for neither, as when something before the registry has answered.</exception>
    public static TokenEndpoint? Read(HttpResponseMessage challenged, Uri registry)
    {
        var challenge = Find(challenged, "Bearer");
        if (challenge?.Parameter is not { } parameters || RealmPattern().Match(parameters) is not { Success: true } realm)
        {
            return challenge is null && Find(challenged, "Basic") is not null
                ? null
                : throw new HttpRequestException("The registry asks for a login without saying how.");
        }

        // Harbor builds the realm from its external address; the path is what counts, the host is the one that we were given.
        var path = new Uri(registry, realm.Groups[1].Value).PathAndQuery;
        return new TokenEndpoint(new Uri(registry, path), ServicePattern().Match(parameters).Groups[1].Value);
    }

    public Uri For(string repository) => new(
        $"{Realm}?service={Uri.EscapeDataString(Service)}&scope={Uri.EscapeDataString($"repository:{repository}:pull,push,delete")}");

    private static AuthenticationHeaderValue? Find(HttpResponseMessage challenged, string scheme) =>
        challenged.Headers.WwwAuthenticate.FirstOrDefault(
            header => string.Equals(header.Scheme, scheme, StringComparison.OrdinalIgnoreCase));

    [GeneratedRegex("realm=\"([^\"]{1,2000})\"")]
    private static partial Regex RealmPattern();

    [GeneratedRegex("service=\"([^\"]{0,500})\"")]
    private static partial Regex ServicePattern();
}
