using System.Text.Json.Nodes;
using Klever.Local.Cluster.Objects;

namespace Klever.Local.Seldon;

/// <summary>Routes by the VirtualServices of Istio, as far as paths and headers go: the first rule that matches, in their order.</summary>
internal sealed class VirtualServiceRoutes(ApiObjects objects)
{
    public Destination? Find(string path, IHeaderDictionary headers) =>
        objects.List(objects.Types.FindKind("networking.istio.io/v1", "VirtualService")!, ns: null).Items
            .SelectMany(route => route.Objects("spec", "http").Select(rule => Find(route, rule, path, headers)))
            .FirstOrDefault(destination => destination is not null);

    private static Destination? Find(JsonObject route, JsonObject rule, string path, IHeaderDictionary headers)
    {
        var match = rule.Objects("match").FirstOrDefault(m => Matches(m, path, headers));
        var target = rule.Objects("route").FirstOrDefault();
        return match.Text("uri", "prefix") is { } prefix
            ? Destination.Of(
                route,
                target.Text("destination", "host"),
                target.Number("destination", "port", "number"),
                (rule.Text("rewrite", "uri") ?? prefix) + path[prefix.Length..])
            : null;
    }

    private static bool Matches(JsonObject match, string path, IHeaderDictionary headers) =>
        match.Text("uri", "prefix") is { } prefix && path.StartsWith(prefix, StringComparison.Ordinal)
        && Rules(match, "headers").All(rule => Matches(rule, headers))
        && !Rules(match, "withoutHeaders").Any(rule => Matches(rule, headers));

    private static JsonObject Rules(JsonObject match, string name) => match.At(name) as JsonObject ?? [];

    private static bool Matches(KeyValuePair<string, JsonNode?> header, IHeaderDictionary headers) =>
        headers.TryGetValue(header.Key, out var value) && Matches(header.Value, value.ToString());

    private static bool Matches(JsonNode? rule, string value) =>
        rule.Text("exact") is { } exact ? value == exact
        : rule.Text("prefix") is { } prefix ? value.StartsWith(prefix, StringComparison.Ordinal)
        : rule.Text("regex") is { } regex && ValueRule.IsMatch(regex, value);
}
