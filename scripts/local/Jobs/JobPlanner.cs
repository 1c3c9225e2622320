using System.Text.Json.Nodes;
using Klever.Local.Cluster.Objects;

namespace Klever.Local.Jobs;

/// <summary>Decides about a Job from its spec, its status and its pods: what the Job controller of Kubernetes 1.31 and later does.
/// First the outcome is settled (SuccessCriteriaMet or FailureTarget), then, when no pod is left active, final (Complete or Failed).</summary>
internal static class JobPlanner
{
    private static readonly TimeSpan LongestBackoff = TimeSpan.FromMinutes(10);

    public static JobPlan Plan(JsonObject job, JobPods pods, TimeSpan backoffDelay, DateTimeOffset now)
    {
        var status = job.At("status") is JsonObject stored ? stored.Clone() : [];
        if (JobConditions.Finished(status) is { } finished)
        {
            return AfterTheEnd(job, status, finished, now);
        }

        Count(status, pods, now);
        if (job.IsBeingDeleted())
        {
            return new JobPlan { Status = status, PodsToDelete = Deletable(pods) };
        }

        if (JobConditions.Find(status, "SuccessCriteriaMet") is { } success)
        {
            return Finish(status, pods, "Complete", success, now);
        }

        if (JobConditions.Find(status, "FailureTarget") is { } failure)
        {
            return Finish(status, pods, "Failed", failure, now);
        }

        return TrySettle(job, status, pods, now)
            ? new JobPlan { Status = status, PodsToDelete = Deletable(pods) }
            : Continue(job, status, pods, backoffDelay, now);
    }

    /// <summary>The counts never fall: a pod that is deleted later has still run.</summary>
    private static void Count(JsonObject status, JobPods pods, DateTimeOffset now)
    {
        status["startTime"] ??= Timestamp.Seconds(now);
        status["active"] = pods.Active.Count;
        status["ready"] = pods.Ready;
        status["terminating"] = pods.Active.Count(p => p.IsBeingDeleted());
        status["succeeded"] = Math.Max(status.Number("succeeded") ?? 0, pods.Succeeded);
        status["failed"] = Math.Max(status.Number("failed") ?? 0, pods.Failed.Count);
        status["uncountedTerminatedPods"] = new JsonObject();
    }

    private static bool TrySettle(JsonObject job, JsonObject status, JobPods pods, DateTimeOffset now)
    {
        var limit = job.Number("spec", "backoffLimit") ?? 6;
        var isOnFailure = job.Text("spec", "template", "spec", "restartPolicy") == "OnFailure";
        if (pods.Verdicts.FirstOrDefault(v => v.Action == "FailJob") is { } verdict)
        {
            JobConditions.Add(status, "FailureTarget", "PodFailurePolicy", verdict.Message, now);
        }
        else if (Deadline(job, status) is { } deadline && now >= deadline)
        {
            JobConditions.Add(status, "FailureTarget", "DeadlineExceeded", "Job was active longer than specified deadline", now);
        }
        else if (pods.Counted > limit || (isOnFailure && pods.Restarts > limit))
        {
            JobConditions.Add(status, "FailureTarget", "BackoffLimitExceeded", "Job has reached the specified backoff limit", now);
        }
        else if ((status.Number("succeeded") ?? 0) >= Completions(job))
        {
            JobConditions.Add(status, "SuccessCriteriaMet", "CompletionsReached", "Reached expected number of succeeded pods", now);
        }
        else
        {
            return false;
        }

        return true;
    }

    private static JobPlan Finish(JsonObject status, JobPods pods, string type, JsonObject settled, DateTimeOffset now)
    {
        if (pods.Active.Count > 0)
        {
            return new JobPlan { Status = status, PodsToDelete = Deletable(pods) };
        }

        JobConditions.Add(status, type, settled.Text("reason")!, settled.Text("message")!, now);
        if (type == "Complete")
        {
            status["completionTime"] = Timestamp.Seconds(now);
        }

        return new JobPlan { Status = status };
    }

    private static JobPlan Continue(JsonObject job, JsonObject status, JobPods pods, TimeSpan backoffDelay, DateTimeOffset now)
    {
        if (job.Flag("spec", "suspend"))
        {
            status.Remove("startTime");
            return new JobPlan { Status = status, PodsToDelete = Deletable(pods) };
        }

        var remaining = Completions(job) - (status.Number("succeeded") ?? 0);
        var wanted = (int)Math.Min(job.Number("spec", "parallelism") ?? 1, remaining) - pods.Active.Count;
        var wake = Deadline(job, status);
        if (wanted > 0 && pods.LastFailure is { } failure)
        {
            var delay = backoffDelay * Math.Pow(2, Math.Min(pods.Failed.Count - 1, 20));
            var retry = failure + (delay < LongestBackoff ? delay : LongestBackoff);
            if (retry > now)
            {
                return new JobPlan { Status = status, WakeAt = wake < retry ? wake : retry };
            }
        }

        return new JobPlan { Status = status, PodsToCreate = Math.Max(0, wanted), WakeAt = wake };
    }

    private static JobPlan AfterTheEnd(JsonObject job, JsonObject status, JsonObject finished, DateTimeOffset now)
    {
        var expiry = finished.Time("lastTransitionTime") is { } end && job.Number("spec", "ttlSecondsAfterFinished") is { } seconds
            ? end.AddSeconds(seconds)
            : (DateTimeOffset?)null;
        return new JobPlan { Status = status, WakeAt = expiry, DeleteJob = expiry <= now && !job.IsBeingDeleted() };
    }

    private static List<JsonObject> Deletable(JobPods pods) => [.. pods.Active.Where(p => !p.IsBeingDeleted())];

    private static long Completions(JsonObject job) => job.Number("spec", "completions") ?? 1;

    private static DateTimeOffset? Deadline(JsonObject job, JsonObject status) =>
        status.Time("startTime") is { } start && job.Number("spec", "activeDeadlineSeconds") is { } seconds ? start.AddSeconds(seconds) : null;
}
