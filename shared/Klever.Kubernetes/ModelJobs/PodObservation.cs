using k8s.Models;
using Klever.Kubernetes.Jobs;
using Klever.Models;

namespace Klever.Kubernetes.ModelJobs;

/// <summary>What one pod of a Job says about itself.</summary>
internal static class PodObservation
{
    /// <summary>The state of a pod that has not ended.</summary>
    public static (string Phase, string Reason, string Message) OfActive(V1Pod pod)
    {
        var unschedulable = pod.Status?.Conditions?.FirstOrDefault(
            c => c is { Type: "PodScheduled", Status: "False", Reason: "Unschedulable" });
        if (unschedulable is not null)
        {
            return Pending(
                ModelJobReasons.Unschedulable, $"no node has room for the pod: {Excerpt.Of(unschedulable.Message)}");
        }

        var waiting = Containers(pod).Select(c => c.State?.Waiting).FirstOrDefault(
            w => w?.Reason is not null and not "PodInitializing");
        if (waiting is not null)
        {
            return Waiting(waiting);
        }

        return pod.Status?.Phase == "Pending"
            ? Pending(ModelJobReasons.ContainerCreating, "container is creating")
            : (ModelJobPhases.Running, ModelJobReasons.TaskRunning, "the task is running");
    }

    /// <summary>Why a pod failed; null when it did not.</summary>
    public static (string Reason, string Message)? OfFailed(V1Pod pod)
    {
        var ended = Containers(pod)
            .Select(c => (c.Name, State: c.State?.Terminated ?? c.LastState?.Terminated))
            .FirstOrDefault(c => c.State is { ExitCode: not 0 });
        if (ended.State is { Reason: "OOMKilled" })
        {
            return (ModelJobReasons.OutOfMemory,
                $"container out of memory: {ended.Name} was killed; "
                + $"raise its memory ({JobVariables.TaskMemory} in spec.env)");
        }

        if (pod.Status?.Reason == "Evicted")
        {
            return (ModelJobReasons.Evicted, $"the pod was evicted: {Excerpt.Of(pod.Status.Message)}");
        }

        return ended.State is null ? null
            : ended.Name == JobBuilder.ContainerName ? TaskFailure.Of(ended.State)
            : (ModelJobReasons.TaskCrashed, $"init container {ended.Name} ended with exit code {ended.State.ExitCode}");
    }

    private static (string, string, string) Waiting(V1ContainerStateWaiting waiting) => waiting.Reason switch
    {
        "ErrImagePull" or "ImagePullBackOff" or "ErrImageNeverPull" or "RegistryUnavailable" => Pending(
            ModelJobReasons.ImagePullFailed, $"failed to pull image: {Excerpt.Of(waiting.Message)}"),
        "InvalidImageName" or "ImageInspectError" => Pending(
            ModelJobReasons.InvalidImageName, $"container image invalid: {Excerpt.Of(waiting.Message)}"),
        "CreateContainerConfigError" or "CreateContainerError" or "RunContainerError" => Pending(
            ModelJobReasons.ContainerConfigError, $"the container cannot be started: {Excerpt.Of(waiting.Message)}"),
        "CrashLoopBackOff" => Pending(ModelJobReasons.TaskCrashed, $"container crashed: {Excerpt.Of(waiting.Message)}"),
        _ => Pending(ModelJobReasons.ContainerCreating, "container is creating"),
    };

    private static IEnumerable<V1ContainerStatus> Containers(V1Pod pod) =>
        (pod.Status?.InitContainerStatuses ?? []).Concat(pod.Status?.ContainerStatuses ?? []);

    private static (string, string, string) Pending(string reason, string message) =>
        (ModelJobPhases.Pending, reason, message);
}
