using System.Text.Json;
using System.Text.Json.Nodes;
using Klever.Kubernetes.Serving.Requests;
using Klever.Kubernetes.Serving.Seldon;

namespace Klever.Kubernetes.Serving.Intents;

/// <summary>What was asked for, kept as an annotation of the object that was made of it. An update is composed from it,
/// so nothing that composing once added outlives its reason.</summary>
public static class ServingIntent
{
    /// <summary>Characters of an intent at most; Kubernetes keeps 256 KiB of annotations for an object.</summary>
    public const int MaximumCharacters = 128 * 1024;

    /// <summary>Writes the intent of a request onto what was rendered from it.</summary>
    /// <exception cref="ServingException">The request is too long to be kept.</exception>
    public static void Attach(JsonObject deployment, ServingRequest request)
    {
        var text = Named(request.Source["spec"]).ToJsonString();
        if (text.Length > MaximumCharacters)
        {
            throw new ServingException(
                ServingProblems.FieldInvalid, "spec", $"it has more than {MaximumCharacters} characters.");
        }

        deployment.Child("metadata").Child("annotations")[ServingAnnotations.Intent] = text;
    }

    /// <summary>Whether two objects were made of the same request.</summary>
    public static bool IsSame(JsonObject one, JsonObject other) =>
        Read(one) is { } intent && JsonNode.DeepEquals(intent, Read(other));

    /// <summary>Whether requests for a serving go by their headers.</summary>
    public static bool IsRouted(JsonObject serving) =>
        Predictors(Read(serving)).Any(p => p["trafficMatchs"] is JsonArray { Count: > 0 });

    /// <summary>Headers that bring a request to a predictor, of the first of its rules for which some are known; null when there are
    /// rules for it but none such.</summary>
    public static IReadOnlyList<(string Name, string Value)>? HeadersOf(JsonObject serving, string predictor)
    {
        var intent = Read(serving);
        var wanted = Predictors(intent).FirstOrDefault(p => (string?)p["name"] == predictor);
        if (!IsRouted(serving) || (string?)intent!["defaultPredictor"] == predictor)
        {
            return [];
        }

        var rules = new JsonField(wanted?["trafficMatchs"], "").AsList().Select(HeaderMatchReader.Read);
        return rules.FirstOrDefault(rule => rule.Headers.All(header => header.Kind is HeaderMatchKind.Exact or HeaderMatchKind.Prefix))
            ?.Headers.Select(header => (header.Name, header.Value)).ToList();
    }

    /// <summary>A serving as callers know it: with the routing by header that Seldon's object cannot hold, without the
    /// annotation and without credentials.</summary>
    public static JsonObject View(JsonObject live)
    {
        var view = (JsonObject)live.DeepClone();
        var intent = Read(live);
        HideIntent(view.Child("metadata"));
        HiddenValues.Hide(view, isKept: intent is not null);
        if (intent?["defaultPredictor"] is { } predictor)
        {
            view.Child("spec")["defaultPredictor"] = predictor.DeepClone();
        }

        foreach (var wanted in Predictors(intent).Where(p => p["trafficMatchs"] is not null))
        {
            if (Predictors(view["spec"]).FirstOrDefault(p => JsonMerge.Key(p) == JsonMerge.Key(wanted)) is { } shown)
            {
                shown["trafficMatchs"] = wanted["trafficMatchs"]!.DeepClone();
            }
        }

        return view;
    }

    /// <summary>The request that a changed object stands for: what the caller left as it was shown keeps its intent, what
    /// was changed is what is wanted now.</summary>
    /// <param name="sent">The body of an update: a whole object, or the short form, which is taken as it is.</param>
    /// <param name="live">The object as it is stored.</param>
    public static JsonObject Merge(JsonObject sent, JsonObject live)
    {
        var merged = ShortForm.Is(sent) ? ShortForm.ToSeldonDeployment(sent) : (JsonObject)sent.DeepClone();
        KeepMetadata(merged.Child("metadata"), live["metadata"]);
        if (!ShortForm.Is(sent) && Read(live) is { } intent && sent["spec"] is JsonObject spec)
        {
            merged["spec"] = JsonMerge.Merge(spec, View(live)["spec"], intent) ?? new JsonObject();
        }

        return merged;
    }

    private static void KeepMetadata(JsonObject metadata, JsonNode? live)
    {
        foreach (var name in new[] { "labels", "annotations" })
        {
            metadata.SetIfAbsent(name, live?[name]?.DeepClone());
        }

        foreach (var name in new[] { "finalizers", "ownerReferences" })
        {
            metadata.Remove(name);
            metadata.SetIfAbsent(name, live?[name]?.DeepClone());
        }

        HideIntent(metadata);
    }

    private static void HideIntent(JsonObject metadata)
    {
        if (metadata["annotations"] is JsonObject annotations && annotations.Remove(ServingAnnotations.Intent)
            && annotations.Count == 0)
        {
            metadata.Remove("annotations");
        }
    }

    private static JsonObject? Read(JsonObject live)
    {
        try
        {
            return live["metadata"]?["annotations"]?[ServingAnnotations.Intent] is JsonValue value
                && value.TryGetValue(out string? text)
                ? JsonNode.Parse(text) as JsonObject
                : null;
        }
        catch (JsonException)
        {
            // Somebody edited it; what is stored then stands for itself.
            return null;
        }
    }

    // Names that composing gives are given here too, so that what is shown later finds its intent.
    private static JsonObject Named(JsonNode? spec)
    {
        var intent = spec?.DeepClone() as JsonObject ?? [];
        foreach (var predictor in Predictors(intent))
        {
            var name = predictor["graph"]?["name"];
            predictor["name"] = name?.DeepClone();
            if (predictor["componentSpecs"] is JsonArray and [JsonObject component, ..]
                && component["spec"]?["containers"] is JsonArray and [JsonObject container, ..])
            {
                container["name"] = name?.DeepClone();
            }
        }

        return intent;
    }

    private static IEnumerable<JsonObject> Predictors(JsonNode? spec) =>
        (spec?["predictors"] as JsonArray ?? []).OfType<JsonObject>();
}
