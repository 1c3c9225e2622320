using System.Text.Json.Nodes;

namespace Klever.Kubernetes.Serving.Intents;

/// <summary>Hides credentials that stand in the variables of a pod: those that Klever Model Registry wrote into its init
/// containers, and what a caller calls a secret.</summary>
internal static class HiddenValues
{
    public const string Hidden = "(hidden)";

    private static readonly string[] Credentials = ["PASSWORD", "SECRET", "TOKEN", "CREDENTIAL"];

    /// <param name="serving">A copy, which is changed.</param>
    /// <param name="isKept">Whether the intent has the values, so that what is hidden may be sent back. Without it only those of
    /// the init container are hidden, which is composed anew.</param>
    public static void Hide(JsonObject serving, bool isKept)
    {
        foreach (var component in Objects(serving["spec"], "predictors").SelectMany(p => Objects(p, "componentSpecs")))
        {
            var containers = Objects(component["spec"], "initContainers").Concat(Objects(component["spec"], "containers"));
            foreach (var variable in containers.Where(c => isKept || IsInitializer(c)).SelectMany(c => Objects(c, "env")))
            {
                if (variable["value"] is not null && IsCredential(Text(variable["name"])))
                {
                    variable["value"] = Hidden;
                }
            }
        }
    }

    private static bool IsInitializer(JsonObject container) =>
        Text(container["name"]).EndsWith(ServingVariables.InitializerSuffix, StringComparison.Ordinal);

    private static bool IsCredential(string name) =>
        Credentials.Any(word => name.Contains(word, StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<JsonObject> Objects(JsonNode? parent, string name) =>
        ((parent as JsonObject)?[name] as JsonArray ?? []).OfType<JsonObject>();

    private static string Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : "";
}
