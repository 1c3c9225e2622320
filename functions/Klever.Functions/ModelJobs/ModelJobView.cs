using System.Text.Json.Nodes;
using Klever.Kubernetes.Cluster;
using Klever.Kubernetes.ModelJobs;

namespace Klever.Functions.ModelJobs;

/// <summary>A ModelJob as others may see it. Who made it with <c>kubectl</c> may have put anything into its environment, and kubectl
/// keeps a copy of that in an annotation.</summary>
internal static class ModelJobView
{
    private const string LastApplied = "kubectl.kubernetes.io/last-applied-configuration";

    public static JsonObject Of(ModelJob modelJob)
    {
        var shown = ClusterJson.ToJsonObject(modelJob);
        var metadata = (JsonObject)shown["metadata"]!;
        metadata.Remove("managedFields");
        (metadata["annotations"] as JsonObject)?.Remove(LastApplied);
        HideValues(shown["spec"]?["env"]);
        foreach (var container in shown["spec"]?["initContainer"] as JsonArray ?? [])
        {
            HideValues(container?["env"]);
            (container as JsonObject)?.Remove("args");
            (container as JsonObject)?.Remove("command");
        }

        return shown;
    }

    private static void HideValues(JsonNode? environment)
    {
        foreach (var variable in (environment as JsonArray ?? []).OfType<JsonObject>())
        {
            if (!RequestLimits.IsPlain((string?)variable["name"]))
            {
                variable.Remove("value");
            }
        }
    }
}
