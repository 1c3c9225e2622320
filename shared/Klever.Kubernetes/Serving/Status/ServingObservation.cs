using System.Text.Json.Nodes;
using k8s.Models;
using Klever.Models;

namespace Klever.Kubernetes.Serving.Status;

/// <summary>What holds a serving up, from what the cluster shows. Pure.</summary>
public static class ServingObservation
{
    public static bool IsAvailable(JsonObject serving) => Text(serving["status"]?["state"]) == "Available";

    /// <param name="serving">The SeldonDeployment.</param>
    /// <param name="pods">Its pods.</param>
    /// <param name="events">Events about it, its pods and what makes them.</param>
    public static ServingState Of(JsonObject serving, IEnumerable<V1Pod> pods, IEnumerable<Corev1Event> events)
    {
        var status = serving["status"];
        if (IsAvailable(serving))
        {
            return new ServingState(ServingReasons.Available, "every predictor answers.", IsProgress: true);
        }

        var states = pods
            .Where(p => p.Metadata.DeletionTimestamp is null && !PodState.IsReady(p))
            .OrderByDescending(p => p.Metadata.CreationTimestamp)
            .Select(p => (Pod: p, State: PodState.Of(p)))
            .OrderBy(s => s.State.IsProgress)
            .ToList();
        if (states.FirstOrDefault() is ({ } pod, { } state))
        {
            return state with { Message = $"{pod.Metadata.Name}: {state.Message}" };
        }

        return Warning(events) ?? (Text(status?["state"]) == "Failed"
            ? new ServingState(ServingReasons.Failed, $"Seldon says: {Excerpt.Of(Text(status?["description"]) ?? "nothing")}")
            : new ServingState(ServingReasons.Creating, "Seldon has not made its pods yet.", IsProgress: true));
    }

    // Without a pod only events know why: a quota, an admission webhook, a name that is taken.
    private static ServingState? Warning(IEnumerable<Corev1Event> events) => events
        .Where(e => e is { Type: "Warning", Reason: not null })
        .OrderByDescending(e => e.LastTimestamp ?? e.EventTime ?? e.FirstTimestamp)
        .Select(e => new ServingState(e.Reason, $"{e.InvolvedObject?.Name}: {Excerpt.Of(e.Message ?? "")}"))
        .FirstOrDefault();

    private static string? Text(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue(out string? text) ? text : null;
}
