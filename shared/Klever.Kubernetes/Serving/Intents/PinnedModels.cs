using System.Text.Json.Nodes;
using Klever.Models;

namespace Klever.Kubernetes.Serving.Intents;

/// <summary>The models that a serving runs now. An update that names one by the same reference keeps it, wherever its tag
/// points meanwhile: nobody who asks for one replica more asks for another model.</summary>
public static class PinnedModels
{
    /// <param name="serving">A serving as it is stored.</param>
    /// <param name="options">For the registry of short references.</param>
    public static IReadOnlyDictionary<ModelReference, Digest> Of(JsonObject serving, ServingOptions options)
    {
        var pinned = new Dictionary<ModelReference, Digest>();
        foreach (var predictor in (serving["spec"]?["predictors"] as JsonArray ?? []).OfType<JsonObject>())
        {
            if (ModelReference.TryParse(Text(predictor["graph"]?["modelUri"]), out var asked)
                && ModelReference.TryParse(Text(predictor["annotations"]?[ServingAnnotations.Model]), out var served)
                && served is { Digest: { } digest }
                && options.Resolve(asked) is var model && model.Repository == served.Repository)
            {
                pinned[model] = digest;
            }
        }

        return pinned;
    }

    private static string? Text(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue(out string? text) ? text : null;
}
