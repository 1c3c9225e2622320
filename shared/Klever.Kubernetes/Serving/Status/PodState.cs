using k8s.Models;
using Klever.Models;

namespace Klever.Kubernetes.Serving.Status;

/// <summary>What one pod of a serving says of itself.</summary>
internal static class PodState
{
    public static bool IsReady(V1Pod pod) =>
        pod.Status?.Conditions?.Any(c => c is { Type: "Ready", Status: "True" }) == true;

    public static ServingState Of(V1Pod pod) =>
        Unscheduled(pod)
        ?? (pod.Status?.Reason == "Evicted"
            ? new ServingState(ServingReasons.Evicted, $"the pod was evicted: {Excerpt.Of(pod.Status.Message ?? "")}")
            : null)
        ?? (pod.Status?.InitContainerStatuses ?? []).Select(c => OfContainer(c, isInit: true)).FirstOrDefault(s => s is not null)
        ?? (pod.Status?.ContainerStatuses ?? []).Select(c => OfContainer(c, isInit: false)).FirstOrDefault(s => s is not null)
        ?? new ServingState(ServingReasons.Creating, "the pod is being created.", IsProgress: true);

    private static ServingState? Unscheduled(V1Pod pod) =>
        pod.Status?.Conditions?.FirstOrDefault(c => c is { Type: "PodScheduled", Status: "False" }) is { } condition
            ? new ServingState(ServingReasons.Unschedulable, $"no node has room for the pod: {Excerpt.Of(condition.Message ?? "")}")
            : null;

    // A container that waits to be started again says the most by how it ended.
    private static ServingState? OfContainer(V1ContainerStatus container, bool isInit)
    {
        var end = container.State?.Terminated ?? container.LastState?.Terminated;
        var isDone = isInit && container.State?.Terminated is { ExitCode: 0 };
        if (container.State?.Waiting is { Reason: not null and not "PodInitializing" and not "CrashLoopBackOff" } waiting
            && OfWaiting(waiting) is { } held)
        {
            return held;
        }

        if (end is { ExitCode: not 0 } && !container.Ready)
        {
            return isInit && container.Name.EndsWith(ServingVariables.InitializerSuffix, StringComparison.Ordinal)
                ? InitializerFailure.Of(end)
                : Crash(container, end);
        }

        return isDone || container.Ready || container.State?.Running is null ? null
            : isInit ? new ServingState(ServingReasons.FetchingModel, "the init container fetches the model.", IsProgress: true)
            : new ServingState(ServingReasons.LoadingModel, "the server loads the model.", IsProgress: true);
    }

    private static ServingState Crash(V1ContainerStatus container, V1ContainerStateTerminated end) => end.Reason == "OOMKilled"
        ? new ServingState(
            ServingReasons.OutOfMemory, $"{container.Name} needed more memory than its limit; raise resources.limits.memory.")
        : new ServingState(
            ServingReasons.ServerCrashed,
            $"{container.Name} ended with exit code {end.ExitCode}"
            + (string.IsNullOrWhiteSpace(end.Message) ? "; its log says why." : $": {Excerpt.Of(end.Message.Trim())}"));

    private static ServingState? OfWaiting(V1ContainerStateWaiting waiting) => waiting.Reason switch
    {
        "ErrImagePull" or "ImagePullBackOff" or "ErrImageNeverPull" or "RegistryUnavailable" or "InvalidImageName"
            or "ImageInspectError" =>
            new ServingState(ServingReasons.ImagePullFailed, $"the image cannot be pulled: {Excerpt.Of(waiting.Message ?? "")}"),
        "CreateContainerConfigError" or "CreateContainerError" or "RunContainerError" =>
            new ServingState(
                ServingReasons.ContainerConfigError, $"the container cannot be started: {Excerpt.Of(waiting.Message ?? "")}"),
        _ => null,
    };
}
