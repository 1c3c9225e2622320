using System.Text.Json.Nodes;

namespace Klever.CommandLine.Api;

/// <summary>Reads single fields of answers, for tables.</summary>
internal static class Field
{
    /// <summary>The text at a path of member names; empty when there is none.</summary>
    public static string Of(JsonNode? node, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            node = (node as JsonObject)?[name];
        }

        return node is JsonValue value && value.TryGetValue(out string? text) ? text : node?.ToJsonString() ?? "";
    }

    public static IEnumerable<JsonObject> Items(JsonObject list) => (list["items"] as JsonArray ?? []).OfType<JsonObject>();
}
