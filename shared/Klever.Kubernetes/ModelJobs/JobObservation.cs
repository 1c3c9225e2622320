using k8s.Models;
using Klever.Kubernetes.Jobs;
using Klever.Models;

namespace Klever.Kubernetes.ModelJobs;

/// <summary>What a Job and its pods amount to: phase, reason, and a sentence that keeps upstream's words ("failed to
/// pull model").</summary>
internal static class JobObservation
{
    public static (string Phase, string Reason, string Message) Of(
        V1Job job, IReadOnlyList<V1Pod> pods, ModelJobStatus? before)
    {
        if (Condition(job, "Failed") is { } failed)
        {
            return Failure(failed, pods, before);
        }

        if (Condition(job, "Complete") is not null)
        {
            return (
                ModelJobPhases.Running,
                ModelJobReasons.WritingResult,
                "the task is done; its result is being written to the registry");
        }

        return pods.Count == 0
            ? (ModelJobPhases.Pending, ModelJobReasons.JobCreated, "the job was created; its pod has not started yet")
            : PodObservation.OfActive(pods[0]);
    }

    private static (string, string, string) Failure(
        V1JobCondition failed, IReadOnlyList<V1Pod> pods, ModelJobStatus? before)
    {
        if (failed.Reason == "DeadlineExceeded")
        {
            var last = before is { Phase: ModelJobPhases.Pending, Message.Length: > 0 }
                ? $"; it was waiting: {before.Message}"
                : "";
            return Fail(ModelJobReasons.DeadlineExceeded, $"the job took longer than its deadline{last}");
        }

        foreach (var pod in pods)
        {
            if (PodObservation.OfFailed(pod) is { } cause)
            {
                return Fail(cause.Reason, cause.Message);
            }
        }

        return Fail(
            ModelJobReasons.PodLost, $"the job failed and none of its pods says why: {Excerpt.Of(failed.Message)}");
    }

    private static (string, string, string) Fail(string reason, string message) =>
        (ModelJobPhases.Failed, reason, message);

    private static V1JobCondition? Condition(V1Job job, string type) =>
        job.Status?.Conditions?.FirstOrDefault(c => c.Type == type && c.Status == "True");
}
