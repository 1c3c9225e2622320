using System.Text.RegularExpressions;

namespace Klever.Registry;

internal enum RouteKind
{
    Unknown,
    Base,
    Catalog,
    Tags,
    Manifest,
    Blob,
    Uploads,
    Upload,
    Referrers,
}

/// <summary>What a path of <c>/v2/</c> asks for. Names hold slashes, so routing by segments would not do.</summary>
internal sealed partial record RegistryRoute(RouteKind Kind, string? Name = null, string Reference = "")
{
    public static RegistryRoute Parse(string path)
    {
        if (path is "/v2/" or "/v2")
        {
            return new RegistryRoute(RouteKind.Base);
        }

        if (path == "/v2/_catalog")
        {
            return new RegistryRoute(RouteKind.Catalog);
        }

        var match = Pattern().Match(path);
        if (!match.Success)
        {
            return new RegistryRoute(RouteKind.Unknown);
        }

        var kind = match.Groups["kind"].Value switch
        {
            "manifests" => RouteKind.Manifest,
            "tags" => RouteKind.Tags,
            "referrers" => RouteKind.Referrers,
            "blobs" => RouteKind.Blob,
            _ => match.Groups["reference"].Length == 0 ? RouteKind.Uploads : RouteKind.Upload,
        };
        return new RegistryRoute(kind, match.Groups["name"].Value, match.Groups["reference"].Value);
    }

    [GeneratedRegex(@"\A/v2/(?<name>[a-z0-9][a-z0-9._/-]{0,254})/(?:(?<kind>blobs/uploads)/(?<reference>[0-9a-f]{32})?|(?<kind>manifests|referrers|tags|blobs)/(?<reference>[A-Za-z0-9_][A-Za-z0-9_.:-]{0,200}))\z")]
    private static partial Regex Pattern();
}
