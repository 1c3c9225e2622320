using System.Text.Json.Nodes;
using Klever.Local.Cluster.Objects;

namespace Klever.Local.Jobs;

/// <summary>The conditions of a pod (core/v1 PodCondition), keeping the time at which each last changed.</summary>
internal static class PodConditions
{
    public static JsonArray Of(
        string phase, IReadOnlyList<ContainerStatus> containers, string? disruption, JsonNode? status, DateTimeOffset now)
    {
        var isInitialized = containers.Where(c => c.IsInit).All(c => c.HasSucceeded);
        var isReady = phase == "Running" && containers.Where(c => !c.IsInit).All(c => c.IsReady);
        var why = phase switch { "Succeeded" => "PodCompleted", "Failed" => "PodFailed", _ => "ContainersNotReady" };
        var conditions = new JsonArray(
            Condition("PodScheduled", isTrue: true, "", "", status, now),
            Condition("Initialized", isInitialized, isInitialized ? "" : "ContainersNotInitialized", "", status, now),
            Condition("Ready", isReady, isReady ? "" : why, "", status, now),
            Condition("ContainersReady", isReady, isReady ? "" : why, "", status, now));
        if (disruption is not null)
        {
            conditions.Add(Condition("DisruptionTarget", isTrue: true, "TerminationByKubelet", disruption, status, now));
        }

        return conditions;
    }

    public static JsonNode Condition(string type, bool isTrue, string reason, string message, JsonNode? status, DateTimeOffset now)
    {
        var value = isTrue ? "True" : "False";
        var former = status.Objects("conditions").FirstOrDefault(c => c.Text("type") == type && c.Text("status") == value);
        var condition = new JsonObject
        {
            ["type"] = type,
            ["status"] = value,
            ["lastTransitionTime"] = former.Text("lastTransitionTime") ?? Timestamp.Seconds(now),
        };
        if (reason.Length > 0)
        {
            condition["reason"] = reason;
        }

        if (message.Length > 0)
        {
            condition["message"] = message;
        }

        return condition;
    }
}
