using System.Text.Json.Nodes;
using k8s.Models;
using Klever.Kubernetes.Cluster;

namespace Klever.Functions.Cluster;

/// <summary>A pod as others may see it. What is shown is listed here, so that a field that nobody thought of is not: values of the
/// environment, arguments, volumes and annotations are where credentials lie.</summary>
internal static class PodView
{
    private static readonly string[] Metadata =
        ["name", "generateName", "namespace", "uid", "resourceVersion", "creationTimestamp", "deletionTimestamp", "labels", "ownerReferences"];

    private static readonly string[] Spec = ["nodeName", "restartPolicy", "schedulerName", "priorityClassName", "activeDeadlineSeconds"];

    private static readonly string[] Container = ["name", "image", "imagePullPolicy", "ports", "resources"];

    public static JsonObject List(IEnumerable<V1Pod> pods) => new()
    {
        ["kind"] = "PodList",
        ["apiVersion"] = V1Pod.KubeApiVersion,
        ["metadata"] = new JsonObject(),
        ["items"] = new JsonArray([.. pods.Select(Of)]),
    };

    private static JsonObject Of(V1Pod pod)
    {
        var whole = ClusterJson.ToJsonObject(pod);
        var spec = Pick(whole["spec"], Spec);
        foreach (var list in new[] { "initContainers", "containers" })
        {
            if (whole["spec"]?[list] is JsonArray containers)
            {
                spec[list] = new JsonArray([.. containers.Select(OfContainer)]);
            }
        }

        return new JsonObject
        {
            ["metadata"] = Pick(whole["metadata"], Metadata),
            ["spec"] = spec,
            ["status"] = whole["status"]?.DeepClone(),
        };
    }

    private static JsonObject OfContainer(JsonNode? container)
    {
        var shown = Pick(container, Container);
        if (container?["env"] is JsonArray variables)
        {
            shown["env"] = new JsonArray([.. variables.Select(variable => Pick(variable, ["name"]))]);
        }

        return shown;
    }

    private static JsonObject Pick(JsonNode? node, string[] names)
    {
        var picked = new JsonObject();
        foreach (var name in names)
        {
            if (node?[name] is { } value)
            {
                picked[name] = value.DeepClone();
            }
        }

        return picked;
    }
}
