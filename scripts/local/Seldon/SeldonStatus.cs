using System.Text.Json.Nodes;
using Klever.Local.Cluster.Objects;

namespace Klever.Local.Seldon;

/// <summary>The status of a SeldonDeployment: available when every predictor has all its pods ready.</summary>
internal static class SeldonStatus
{
    public static JsonObject Of(JsonObject serving, IReadOnlyList<JsonObject> pods)
    {
        var deployments = new JsonObject();
        var services = new JsonObject();
        var isAvailable = true;
        foreach (var predictor in serving.Objects("spec", "predictors"))
        {
            var service = SeldonPods.Service(serving, predictor);
            var replicas = SeldonPods.Replicas(serving, predictor);
            var ready = pods.Count(p => p.Text("metadata", "labels", SeldonPods.PredictorLabel) == service && IsReady(p));
            isAvailable &= ready >= replicas;
            deployments[$"{service}-0-{predictor.Text("name")}"] =
                new JsonObject { ["replicas"] = replicas, ["availableReplicas"] = ready };
            services[service] = new JsonObject { ["svcName"] = service };
        }

        return new JsonObject
        {
            ["state"] = isAvailable ? "Available" : "Creating",
            ["replicas"] = serving.Objects("spec", "predictors").Sum(p => SeldonPods.Replicas(serving, p)),
            ["deploymentStatus"] = deployments,
            ["serviceStatus"] = services,
        };
    }

    public static bool IsReady(JsonObject pod) => !pod.IsBeingDeleted()
        && pod.Objects("status", "conditions").Any(c => c.Text("type") == "Ready" && c.Text("status") == "True");
}
