using System.Text.Json.Nodes;

namespace Klever.Kubernetes.Serving.Intents;

/// <summary>Finds what somebody changed in a document that was shown, and applies it to what it was made of.</summary>
internal static class JsonMerge
{
    /// <param name="sent">What came back.</param>
    /// <param name="shown">What was given out.</param>
    /// <param name="intent">What that was made of.</param>
    /// <returns>Null: unchanged, and not part of the intent.</returns>
    public static JsonNode? Merge(JsonNode? sent, JsonNode? shown, JsonNode? intent) => (sent, shown) switch
    {
        _ when JsonNode.DeepEquals(sent, shown) => intent?.DeepClone(),
        (JsonObject changed, JsonObject before) => Members(changed, before, intent as JsonObject),
        (JsonArray changed, JsonArray before) when changed.All(e => e is JsonObject) =>
            Elements(changed, before, intent as JsonArray),
        _ => sent?.DeepClone(),
    };

    /// <summary>The name by which an element of a list is known; null when it goes by its position.</summary>
    public static string? Key(JsonNode? element) =>
        Text((element as JsonObject)?["name"]) ?? Text(((element as JsonObject)?["graph"] as JsonObject)?["name"]);

    private static JsonObject Members(JsonObject sent, JsonObject shown, JsonObject? intent)
    {
        var merged = new JsonObject();
        foreach (var (name, value) in sent)
        {
            if (Merge(value, shown[name], intent?[name]) is { } member)
            {
                merged[name] = member;
            }
        }

        return merged;
    }

    private static JsonArray Elements(JsonArray sent, JsonArray shown, JsonArray? intent)
    {
        var merged = new JsonArray();
        for (var i = 0; i < sent.Count; i++)
        {
            var element = sent[i];
            var before = Counterpart(shown, element, i);
            if (before is null)
            {
                merged.Add(element?.DeepClone());
            }
            else if (Merge(element, before, Counterpart(intent, element, i)) is { } changed)
            {
                Identify(changed, element);
                merged.Add(changed);
            }
        }

        return merged;
    }

    private static JsonNode? Counterpart(JsonArray? list, JsonNode? element, int position) => Key(element) is { } key
        ? list?.FirstOrDefault(item => Key(item) == key)
        : position < list?.Count && Key(list[position]) is null ? list[position] : null;

    private static void Identify(JsonNode merged, JsonNode? element)
    {
        if (merged is JsonObject item && (element as JsonObject)?["name"] is { } name)
        {
            item["name"] ??= name.DeepClone();
        }
    }

    private static string? Text(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue(out string? text) && text.Length > 0 ? text : null;
}
