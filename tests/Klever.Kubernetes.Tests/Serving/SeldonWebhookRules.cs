using System.Text.Json.Nodes;

namespace Klever.Kubernetes.Tests.Serving;

/// <summary>What Seldon's validating webhook refuses, beyond the schema (reference:
/// seldondeployment_webhook.go).</summary>
internal static class SeldonWebhookRules
{
    public static IReadOnlyList<string> Problems(JsonObject deployment)
    {
        var predictors = deployment["spec"]!["predictors"]!.AsArray().Select(p => p!.AsObject()).ToList();
        return [.. Names(predictors), .. Traffic(predictors), .. predictors.SelectMany(Graph)];
    }

    private static IEnumerable<string> Names(List<JsonObject> predictors) =>
        predictors.Select(p => (string?)p["name"]).Distinct().Count() == predictors.Count ? [] : ["duplicate predictor name"];

    private static IEnumerable<string> Traffic(List<JsonObject> predictors)
    {
        var shadows = predictors.Count(p => p["shadow"]?.GetValue<bool>() == true);
        var visible = predictors.Where(p => p["shadow"]?.GetValue<bool>() != true).ToList();
        var sum = visible.Sum(p => p["traffic"] is { } traffic ? int.Parse(traffic.ToJsonString()) : 0);
        if (shadows > 1 || visible.Count == 0)
        {
            yield return "shadows";
        }

        if (visible.Count > 1 ? sum != 100 : sum is > 0 and < 100)
        {
            yield return $"traffic {sum}";
        }
    }

    private static IEnumerable<string> Graph(JsonObject predictor)
    {
        var graph = predictor["graph"]!;
        if (graph["children"] is JsonArray { Count: > 0 } && predictor["annotations"]?["seldon.io/no-engine"] is not null)
        {
            yield return "no-engine with more than one node";
        }

        var containers = predictor["componentSpecs"]?.AsArray().SelectMany(c => c!["spec"]!["containers"]!.AsArray()) ?? [];
        if (graph["implementation"] is null && !containers.Any(c => (string?)c!["name"] == (string?)graph["name"]))
        {
            yield return "Can't find container for Predictive Unit";
        }
    }
}
