using k8s.Models;
using Klever.Kubernetes.Jobs;
using Klever.Models;

namespace Klever.Kubernetes.ModelJobs;

/// <summary>The next status of a ModelJob, from what is seen. Pure, and idempotent: seeing the same again changes
/// nothing, and a
/// status that ended is never left.</summary>
/// <remarks>Succeeded is never read off a Job: only the completion step, which has written to the registry, says
/// it.</remarks>
public static class StatusTransitions
{
    /// <summary>The Job was created, or was already there.</summary>
    public static ModelJobStatus Created(ModelJob modelJob, Digest? source, DateTimeOffset now)
    {
        var next = Next(
            modelJob,
            ModelJobPhases.Pending,
            ModelJobReasons.JobCreated,
            "the job was created; its pod has not started yet",
            now);
        return source is null || next.Source is not null || modelJob.IsFinished
            ? next
            : next with { Source = new ModelJobSource(source.ToString()) };
    }

    /// <summary>The Job and its pods as the cluster shows them.</summary>
    /// <param name="modelJob">With the status so far.</param>
    /// <param name="job">Its Job.</param>
    /// <param name="pods">The pods of the Job, newest first; may be empty.</param>
    /// <param name="now">For the times of the status.</param>
    public static ModelJobStatus Observed(ModelJob modelJob, V1Job job, IReadOnlyList<V1Pod> pods, DateTimeOffset now)
    {
        var (phase, reason, message) = JobObservation.Of(job, pods, modelJob.Status);
        return Next(modelJob, phase, reason, message, now);
    }

    /// <summary>The signature is in the ormbfile; <paramref name="digest"/> is the new manifest under the same
    /// tag.</summary>
    public static ModelJobStatus Updated(ModelJob modelJob, ModelReference reference, Digest digest, DateTimeOffset now) =>
        Succeeded(
        modelJob,
        ModelJobReasons.SignatureWritten,
        $"the signature is in the ormbfile of {reference.WithRegistry(null)}",
        now,
        new ModelJobResult(reference.ToString(), digest.ToString()));

    /// <summary>The converted model is in the registry.</summary>
    public static ModelJobStatus Converted(ModelJob modelJob, string reference, Digest? digest, DateTimeOffset now) =>
        Succeeded(
        modelJob,
        ModelJobReasons.Converted,
        $"the converted model is {reference}",
        now,
        new ModelJobResult(reference, digest?.ToString()));

    /// <summary>The tag is immutable; <paramref name="digest"/> is the manifest that carries the signature as a
    /// referrer.</summary>
    public static ModelJobStatus Attached(ModelJob modelJob, ModelReference model, Digest digest, DateTimeOffset now) =>
        Succeeded(
        modelJob,
        ModelJobReasons.SignatureAttached,
        $"the tag of {model.WithRegistry(null)} is immutable, "
        + "so the signature is attached to the model and not in its ormbfile",
        now,
        new ModelJobResult(model.ToString(), digest.ToString()));

    /// <summary>The tag names another manifest now; nothing was written. The newer push has a ModelJob of its
    /// own.</summary>
    public static ModelJobStatus Superseded(ModelJob modelJob, ModelReference model, Digest? current, DateTimeOffset now) =>
        Succeeded(
            modelJob,
            ModelJobReasons.Superseded,
            current is null
                ? $"{model.WithRegistry(null)} was deleted meanwhile; the result was dropped"
                : $"{model.WithRegistry(null)} names {current.Algorithm}:{current.Short}… meanwhile; the result was dropped",
            now);

    /// <summary>There is nothing to do for this model; <paramref name="why"/> is the sentence people read.</summary>
    public static ModelJobStatus Skipped(ModelJob modelJob, string why, DateTimeOffset now) =>
        Succeeded(modelJob, ModelJobReasons.Skipped, why, now);

    /// <summary>It cannot be done; <paramref name="reason"/> is one of <see cref="ModelJobReasons"/>.</summary>
    public static ModelJobStatus Failed(ModelJob modelJob, string reason, string message, DateTimeOffset now) =>
        Next(modelJob, ModelJobPhases.Failed, reason, message, now);

    /// <summary>The spec cannot become a Job.</summary>
    public static ModelJobStatus Refused(ModelJob modelJob, InvalidModelJobException problem, DateTimeOffset now) =>
        Next(modelJob, ModelJobPhases.Failed, ModelJobReasons.InvalidSpec, problem.Message, now);

    private static ModelJobStatus Succeeded(
        ModelJob modelJob, string reason, string message, DateTimeOffset now, ModelJobResult? result = null) =>
        Next(modelJob, ModelJobPhases.Succeeded, reason, message, now, result);

    private static ModelJobStatus Next(
        ModelJob modelJob,
        string phase,
        string reason,
        string message,
        DateTimeOffset now,
        ModelJobResult? result = null)
    {
        var current = modelJob.Status ?? new ModelJobStatus();
        if (ModelJobPhases.IsFinal(current.Phase))
        {
            return current;
        }

        var time = now.UtcDateTime;
        return current with
        {
            Phase = phase,
            Message = message,
            ObservedGeneration = modelJob.Metadata.Generation,
            Conditions = [Condition(current, phase, reason, message, modelJob.Metadata.Generation, time)],
            StartTime = current.StartTime ?? time,
            CompletionTime = ModelJobPhases.IsFinal(phase) ? time : null,
            Result = result,
        };
    }

    private static V1Condition Condition(
        ModelJobStatus current, string phase, string reason, string message, long? generation, DateTime time)
    {
        var status = phase switch { ModelJobPhases.Succeeded => "True", ModelJobPhases.Failed => "False", _ => "Unknown" };
        var before = current.Conditions?.FirstOrDefault(c => c.Type == ModelJobConditions.Succeeded);
        return new V1Condition
        {
            Type = ModelJobConditions.Succeeded,
            Status = status,
            Reason = reason,
            Message = message,
            ObservedGeneration = generation,
            LastTransitionTime = before?.Status == status ? before.LastTransitionTime : time,
        };
    }
}
