using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Klever.Local.Cluster.Objects;

namespace Klever.Local.Seldon;

/// <summary>The pods of a SeldonDeployment, named and labelled as Seldon's Deployments would have them.</summary>
internal static class SeldonPods
{
    public const string ServingLabel = "seldon-deployment-id";
    public const string PredictorLabel = "seldon-app";
    private const int MaximumReplicas = 4;

    public static IReadOnlyList<JsonObject> Of(JsonObject serving) =>
        [.. serving.Objects("spec", "predictors").SelectMany(predictor => Of(serving, predictor))];

    /// <summary>The name that Seldon gives the Deployment of a predictor, and its Service.</summary>
    public static string Service(JsonObject serving, JsonObject predictor) => $"{serving.Name()}-{predictor.Text("name")}";

    /// <summary>How many pods a predictor is to have; no more than one machine is good for.</summary>
    public static int Replicas(JsonObject serving, JsonObject predictor)
    {
        var component = predictor.Objects("componentSpecs").FirstOrDefault();
        var replicas = component.Number("replicas") ?? predictor.Number("replicas") ?? serving.Number("spec", "replicas") ?? 1;
        return (int)Math.Clamp(replicas, 0, MaximumReplicas);
    }

    private static IEnumerable<JsonObject> Of(JsonObject serving, JsonObject predictor)
    {
        if (predictor.Objects("componentSpecs").FirstOrDefault() is not { } component)
        {
            // A server that Seldon itself brings; there is no such image on this machine.
            yield break;
        }

        var spec = Spec(serving, component);
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(spec.ToJsonString())))[..8];
        var name = $"{Service(serving, predictor)}-0-{predictor.Text("name")}-{hash}";
        for (var i = 0; i < Replicas(serving, predictor); i++)
        {
            yield return new JsonObject
            {
                ["apiVersion"] = "v1",
                ["kind"] = "Pod",
                ["metadata"] = new JsonObject
                {
                    ["name"] = $"{name}-{i}",
                    ["labels"] = new JsonObject
                    {
                        [ServingLabel] = serving.Name(),
                        [PredictorLabel] = Service(serving, predictor),
                    },
                    ["ownerReferences"] = new JsonArray(serving.ControllerReference()),
                },
                ["spec"] = spec.DeepClone(),
            };
        }
    }

    private static JsonObject Spec(JsonObject serving, JsonObject component)
    {
        var spec = component.Child("spec").Clone();
        spec["restartPolicy"] = "Always";
        foreach (var container in spec.Objects("initContainers").Concat(spec.Objects("containers")))
        {
            MountAbove(container, serving.Name());
        }

        foreach (var container in spec.Objects("containers").Where(c => c.Texts("args").FirstOrDefault() == "tritonserver"))
        {
            // Every pod has an address of its own on the loopback interface, and a server must listen there alone.
            container.Child("env", () => new JsonArray()).Add((JsonNode)new JsonObject
            {
                ["name"] = "POD_IP",
                ["valueFrom"] = new JsonObject { ["fieldRef"] = new JsonObject { ["fieldPath"] = "status.podIP" } },
            });
            ((JsonArray)container["args"]!).Add((JsonNode)"--http-address=$(POD_IP)");
        }

        return spec;
    }

    // Paths of mounts are rewritten where they stand in arguments, and a server is told the directory above that of the model.
    private static void MountAbove(JsonObject container, string serving)
    {
        foreach (var mount in container.Objects("volumeMounts"))
        {
            if (mount.Text("mountPath") is { } path && path.EndsWith($"/{serving}", StringComparison.Ordinal))
            {
                mount["mountPath"] = path[..^(serving.Length + 1)];
            }
        }
    }

    private static JsonArray Child(this JsonObject item, string name, Func<JsonArray> empty)
    {
        if (item[name] is not JsonArray list)
        {
            item[name] = list = empty();
        }

        return list;
    }
}
