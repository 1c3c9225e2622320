using System.Text.Json.Nodes;

namespace Klever.Local.Cluster.Patches;

/// <summary>RFC 7396: members of the patch replace, null removes, objects merge, anything else replaces whole.</summary>
internal static class JsonMergePatch
{
    /// <returns>A new value; neither argument is altered.</returns>
    public static JsonNode? Apply(JsonNode? target, JsonNode? patch)
    {
        if (patch is not JsonObject members)
        {
            return patch?.DeepClone();
        }

        var result = target is JsonObject existing ? (JsonObject)existing.DeepClone() : [];
        foreach (var (name, value) in members)
        {
            if (value is null)
            {
                result.Remove(name);
            }
            else
            {
                result[name] = Apply(result[name], value);
            }
        }

        return result;
    }
}
