using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Klever.Local.Cluster.Objects;

namespace Klever.Local.Seldon;

/// <summary>Where a request of the gateway goes: <c>/seldon/&lt;namespace&gt;/&lt;serving&gt;/…</c> by the shares of the predictors, and
/// whatever VirtualServices say of other paths.</summary>
internal sealed class GatewayRoutes(ApiObjects objects)
{
    private const string SeldonPrefix = "/seldon/";
    private static readonly TimeSpan RegexTimeout = TimeSpan.FromMilliseconds(100);

    /// <returns>The Service (<c>&lt;serving&gt;-&lt;predictor&gt;</c>), its port, and the path there; null when nothing matches.</returns>
    public Destination? Find(HttpRequest request)
    {
        var path = request.Path.Value ?? "/";
        return path.StartsWith(SeldonPrefix, StringComparison.Ordinal) ? ByShare(path) : ByRule(path, request.Headers);
    }

    /// <summary>The address of a ready pod behind a destination; null when there is none.</summary>
    public string? PodAddress(Destination destination)
    {
        var pods = objects.List(BuiltInTypes.Pods, destination.Namespace).Items
            .Where(p => p.Text("metadata", "labels", SeldonPods.PredictorLabel) == destination.Service && SeldonStatus.IsReady(p))
            .ToList();
        return pods.Count == 0 ? null : pods[Random.Shared.Next(pods.Count)].Text("status", "podIP");
    }

    private Destination? ByShare(string path)
    {
        var parts = path[SeldonPrefix.Length..].Split('/', 3);
        var type = objects.Types.FindKind("machinelearning.seldon.io/v1", "SeldonDeployment");
        if (parts.Length < 2 || type is null || objects.Find(type, parts[0], parts[1]) is not { } serving)
        {
            return null;
        }

        var predictor = Pick([.. serving.Objects("spec", "predictors").Where(p => !p.Flag("shadow"))]);
        return new Destination(
            parts[0], SeldonPods.Service(serving, predictor), Port(predictor), "/" + (parts.Length > 2 ? parts[2] : ""));
    }

    private static JsonObject Pick(IReadOnlyList<JsonObject> predictors)
    {
        var drawn = Random.Shared.Next(100);
        foreach (var predictor in predictors.SkipLast(1))
        {
            drawn -= (int)(predictor.Number("traffic") ?? 0);
            if (drawn < 0)
            {
                return predictor;
            }
        }

        return predictors[^1];
    }

    private static int Port(JsonObject predictor)
    {
        var ports = predictor.Objects("componentSpecs").SelectMany(c => c.Objects("spec", "containers")).SelectMany(c => c.Objects("ports")).ToList();
        return (int)((ports.Find(p => p.Text("name") == "http") ?? ports.FirstOrDefault()).Number("containerPort") ?? 8000);
    }

    private Destination? ByRule(string path, IHeaderDictionary headers)
    {
        var type = objects.Types.FindKind("networking.istio.io/v1", "VirtualService")!;
        foreach (var service in objects.List(type, ns: null).Items)
        {
            foreach (var rule in service.Objects("spec", "http"))
            {
                var match = rule.Objects("match").FirstOrDefault(m => Matches(m, path, headers));
                if (match?.Text("uri", "prefix") is { } prefix && rule.Objects("route").FirstOrDefault() is { } route)
                {
                    return new Destination(
                        service.Namespace(),
                        route.Text("destination", "host")!,
                        (int)route.Number("destination", "port", "number")!,
                        (rule.Text("rewrite", "uri") ?? prefix) + path[prefix.Length..]);
                }
            }
        }

        return null;
    }

    private static bool Matches(JsonObject match, string path, IHeaderDictionary headers) =>
        match.Text("uri", "prefix") is { } prefix && path.StartsWith(prefix, StringComparison.Ordinal)
        && (match.At("headers") as JsonObject ?? []).All(h => headers.TryGetValue(h.Key, out var value) && Matches(h.Value, value.ToString()))
        && !(match.At("withoutHeaders") as JsonObject ?? []).Any(h => headers.TryGetValue(h.Key, out var value) && Matches(h.Value, value.ToString()));

    private static bool Matches(JsonNode? rule, string value) =>
        rule.Text("exact") is { } exact ? value == exact
        : rule.Text("prefix") is { } prefix ? value.StartsWith(prefix, StringComparison.Ordinal)
        : rule.Text("regex") is { } regex && Regex.IsMatch(value, $@"\A(?:{regex})\z", RegexOptions.None, RegexTimeout);
}

/// <param name="Path">What is asked for there.</param>
internal sealed record Destination(string Namespace, string Service, int Port, string Path);
