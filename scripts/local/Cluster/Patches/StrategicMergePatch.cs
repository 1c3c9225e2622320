using System.Text.Json.Nodes;
using Klever.Local.Cluster.Objects;

namespace Klever.Local.Cluster.Patches;

/// <summary>Strategic merge patch without the types of every field: a merge patch in which lists of the fields below merge by
/// their key, as the API types declare it, and finalizers unite.</summary>
/// <remarks>Of the directives only <c>$patch: delete</c> within such a list is understood; <c>$setElementOrder</c>,
/// <c>$retainKeys</c> and <c>$deleteFromPrimitiveList</c> are passed over.</remarks>
internal static class StrategicMergePatch
{
    private static readonly IReadOnlyDictionary<string, string> MergeKeys = new Dictionary<string, string>
    {
        ["containers"] = "name",
        ["initContainers"] = "name",
        ["env"] = "name",
        ["volumes"] = "name",
        ["volumeMounts"] = "mountPath",
        ["ownerReferences"] = "uid",
        ["conditions"] = "type",
        ["imagePullSecrets"] = "name",
    };

    /// <returns>A new object; neither argument is altered.</returns>
    public static JsonObject Apply(JsonObject target, JsonObject patch)
    {
        var result = target.Clone();
        foreach (var (name, value) in patch)
        {
            if (name.StartsWith('$'))
            {
                continue;
            }

            if (value is null)
            {
                result.Remove(name);
            }
            else
            {
                result[name] = Merged(name, result[name], value);
            }
        }

        return result;
    }

    private static JsonNode? Merged(string name, JsonNode? current, JsonNode value) => (current, value) switch
    {
        (JsonObject members, JsonObject patch) => Apply(members, patch),
        (null, JsonObject patch) => Apply([], patch),
        (JsonArray items, JsonArray patch) when MergeKeys.TryGetValue(name, out var key) => MergeList(items, patch, key),
        (JsonArray items, JsonArray patch) when name == "finalizers" => items.Texts().Union(patch.Texts()).ToJsonArray(),
        _ => value.DeepClone(),
    };

    private static JsonArray MergeList(JsonArray items, JsonArray patch, string key)
    {
        var merged = items.OfType<JsonObject>().Select(i => i.Clone()).ToList();
        foreach (var element in patch.OfType<JsonObject>())
        {
            var index = merged.FindIndex(m => m.Text(key) == element.Text(key));
            if (element.Text("$patch") == "delete")
            {
                merged.RemoveAll(m => m.Text(key) == element.Text(key));
            }
            else if (index >= 0)
            {
                merged[index] = Apply(merged[index], element);
            }
            else
            {
                merged.Add(Apply([], element));
            }
        }

        return new JsonArray([.. merged]);
    }
}
