using System.Text.Json.Nodes;
using Klever.Local.Cluster.Patches;

namespace Klever.Local.Cluster.Objects;

/// <summary>The four media types of PATCH.</summary>
internal static class ObjectPatches
{
    public const string Json = "application/json-patch+json";
    public const string Merge = "application/merge-patch+json";
    public const string Strategic = "application/strategic-merge-patch+json";
    public const string Apply = "application/apply-patch+yaml";

    public static IReadOnlyList<string> Accepted(ResourceType type) =>
        type.IsCustom ? [Json, Merge, Apply] : [Json, Merge, Strategic, Apply];

    public static JsonObject Patched(string mediaType, JsonObject current, JsonNode patch) => mediaType switch
    {
        Json => JsonPatch.Apply(current, patch),
        Strategic => StrategicMergePatch.Apply(current, AsObject(patch)),
        _ => (JsonObject)JsonMergePatch.Apply(current, AsObject(patch))!,
    };

    private static JsonObject AsObject(JsonNode patch) =>
        patch as JsonObject ?? throw ApiErrors.BadRequest("the patch must be a JSON object");
}
