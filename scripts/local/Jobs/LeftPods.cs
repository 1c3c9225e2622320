using System.Text.Json.Nodes;
using Klever.Local.Cluster.Objects;

namespace Klever.Local.Jobs;

/// <summary>Pods that ran when the platform ended: their processes are gone, and their status says so. They carry the condition
/// DisruptionTarget, so that a podFailurePolicy can tell them from failures of their own.</summary>
internal static class LeftPods
{
    public const string Message = "Pod was terminated in response to imminent node shutdown.";

    private const int UnknownExitCode = 137;

    public static void Mark(ApiObjects objects, string podsDirectory)
    {
        var left = objects.List(BuiltInTypes.Pods, ns: null).Items
            .Where(p => p.Text("spec", "nodeName") is not null && p.Text("status", "phase") is "Pending" or "Running");
        foreach (var pod in left)
        {
            ProcessRecord.KillAll(Path.Combine(podsDirectory, pod.Uid()));
            objects.UpdateStatus(BuiltInTypes.Pods, pod, status => Fail(status, objects.Clock.GetUtcNow()));
        }
    }

    private static void Fail(JsonObject status, DateTimeOffset now)
    {
        status["phase"] = "Failed";
        status["reason"] = "Terminated";
        status["message"] = Message;
        status["conditions"] = new JsonArray(
            PodConditions.Condition("DisruptionTarget", isTrue: true, "TerminationByKubelet", Message, status, now));
        var unfinished = status.Objects("initContainerStatuses").Concat(status.Objects("containerStatuses"))
            .Where(c => c.At("state", "terminated") is null);
        foreach (var container in unfinished.ToList())
        {
            var started = container.Time("state", "running", "startedAt") ?? now;
            container["ready"] = false;
            container["started"] = false;
            container["state"] = new JsonObject
            {
                ["terminated"] = new Termination(
                    UnknownExitCode,
                    "ContainerStatusUnknown",
                    "The container could not be located when the pod was terminated",
                    started,
                    now).ToJson(),
            };
        }
    }
}
