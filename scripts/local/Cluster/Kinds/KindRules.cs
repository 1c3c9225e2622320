using System.Text.Json.Nodes;
using Klever.Local.Cluster.Objects;
using Klever.Local.Cluster.Schemas;

namespace Klever.Local.Cluster.Kinds;

/// <summary>What the server itself knows of a kind: its defaults and its own validation.</summary>
internal static class KindRules
{
    private static readonly IReadOnlyDictionary<string, Action<JsonObject>> Defaults = new Dictionary<string, Action<JsonObject>>
    {
        ["namespaces"] = item => item.Child("status")["phase"] = item.IsBeingDeleted() ? "Terminating" : "Active",
        ["secrets"] = SecretRules.SetDefaults,
        ["jobs.batch"] = JobRules.SetDefaults,
        ["pods"] = PodRules.SetDefaults,
    };

    private static readonly IReadOnlyDictionary<string, Func<JsonObject, JsonObject?, IEnumerable<FieldError>>> Checks =
        new Dictionary<string, Func<JsonObject, JsonObject?, IEnumerable<FieldError>>>
        {
            ["jobs.batch"] = JobRules.Validate,
            ["pods"] = PodRules.Validate,
        };

    public static void SetDefaults(ResourceType type, JsonObject item)
    {
        if (Defaults.TryGetValue(type.Key, out var set))
        {
            set(item);
        }
    }

    public static IEnumerable<FieldError> Validate(ResourceType type, JsonObject item, JsonObject? former) =>
        Checks.TryGetValue(type.Key, out var check) ? check(item, former) : [];
}
