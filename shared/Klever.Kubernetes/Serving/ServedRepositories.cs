using System.Text.Json.Nodes;

namespace Klever.Kubernetes.Serving;

/// <summary>The models that a SeldonDeployment serves, wherever in its predictors they are named: graphs nest, and an explainer has a
/// model of its own.</summary>
public static class ServedRepositories
{
    /// <returns>Their repositories, each once. Null when a model of it is not in the registry, or when something is served that is no
    /// model at all: rights on repositories say nothing about it then.</returns>
    public static IReadOnlyList<string>? Of(JsonObject serving, ServingOptions options)
    {
        var predictors = (serving["spec"] as JsonObject)?["predictors"] as JsonArray ?? [];
        var repositories = ModelUris(predictors).Select(options.RepositoryOf).Distinct().ToList();
        return predictors.Count > 0 && predictors.All(predictor => ServesModels((predictor as JsonObject)?["graph"]))
            && !repositories.Contains(null)
                ? [.. repositories.OfType<string>()]
                : null;
    }

    // What only passes requests on needs no model of its own.
    private static bool ServesModels(JsonNode? graph) => graph is JsonObject node
        && (node["modelUri"] is not null || (node["children"] is JsonArray { Count: > 0 } children && children.All(ServesModels)));

    // Null for one that is no text.
    private static IEnumerable<string?> ModelUris(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member => member.Key == "modelUri" ? [Text(member.Value)] : ModelUris(member.Value)),
        JsonArray items => items.SelectMany(ModelUris),
        _ => [],
    };

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : null;
}
