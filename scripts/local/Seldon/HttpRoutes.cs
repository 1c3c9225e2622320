using System.Text.Json.Nodes;
using Klever.Local.Cluster.Objects;

namespace Klever.Local.Seldon;

/// <summary>Routes by the HTTPRoutes of the Gateway API, as far as paths and headers go. The longest path wins, then the most headers,
/// and only then the order of the rules.</summary>
internal sealed class HttpRoutes(ApiObjects objects)
{
    public Destination? Find(string path, IHeaderDictionary headers) =>
        objects.List(objects.Types.FindKind("gateway.networking.k8s.io/v1", "HTTPRoute")!, ns: null).Items
            .SelectMany(route => route.Objects("spec", "rules").Select(rule => (Route: route, Rule: rule)))
            .SelectMany(found => found.Rule.Objects("matches").Select(match => (found.Route, found.Rule, Match: match)))
            .Where(found => Matches(found.Match, path, headers))
            .OrderByDescending(found => Prefix(found.Match).Length)
            .ThenByDescending(found => found.Match.Objects("headers").Count())
            .Select(found => Destination.Of(
                found.Route,
                found.Rule.Objects("backendRefs").FirstOrDefault().Text("name"),
                found.Rule.Objects("backendRefs").FirstOrDefault().Number("port"),
                Rewritten(found.Rule, path, Prefix(found.Match))))
            .FirstOrDefault();

    // A prefix of whole segments: /a/b is one of /a/b/c and not of /a/bc.
    private static bool Matches(JsonObject match, string path, IHeaderDictionary headers) =>
        match.Text("path", "type") == "PathPrefix" && (path + "/").StartsWith(Prefix(match) + "/", StringComparison.Ordinal)
        && match.Objects("headers").All(rule => headers.TryGetValue(rule.Text("name") ?? "", out var value) && Matches(rule, value.ToString()));

    private static bool Matches(JsonObject rule, string value) => rule.Text("type") == "RegularExpression"
        ? ValueRule.IsMatch(rule.Text("value") ?? "", value)
        : rule.Text("value") == value;

    private static string Prefix(JsonObject match) => (match.Text("path", "value") ?? "/").TrimEnd('/');

    private static string Rewritten(JsonObject rule, string path, string prefix)
    {
        var replacement = rule.Objects("filters").Select(filter => filter.Text("urlRewrite", "path", "replacePrefixMatch")).OfType<string>().FirstOrDefault();
        var rewritten = (replacement?.TrimEnd('/') ?? prefix) + path[prefix.Length..];
        return rewritten.Length > 0 ? rewritten : "/";
    }
}
