using CloudNative.CloudEvents;
using k8s.Models;
using Klever.Eventing;
using Klever.Functions.Events;
using Klever.Functions.Telemetry;
using Klever.Kubernetes.Cluster;
using Klever.Kubernetes.ModelJobs;
using Klever.Models;

namespace Klever.Functions.JobCompletion;

/// <summary>Brings a ModelJob to where its Job is. The registry is written before the status, so that whatever ends this in
/// between, the next event or the sweep does it again and finds the registry done.</summary>
internal sealed partial class JobFollower(
    ClusterClient cluster, ReportReader reports, SignatureWriter writer, TimeProvider clock, ILogger<JobFollower> logger)
{
    public async Task<EventOutcome> FollowAsync(string namespaceName, string name, CancellationToken cancellationToken)
    {
        var job = await cluster.Jobs.FindAsync(namespaceName, name, cancellationToken);
        if (job is null || Owner(job) is not { } owner)
        {
            return EventOutcome.Ignored($"Job {namespaceName}/{name} is gone or belongs to no ModelJob");
        }

        var modelJob = await cluster.ModelJobs.FindAsync(namespaceName, owner.Name, cancellationToken);
        if (modelJob is null or { IsFinished: true } || modelJob.Metadata.Uid != owner.Uid)
        {
            return EventOutcome.Ignored($"ModelJob {namespaceName}/{owner.Name} is gone or has ended");
        }

        using var activity = Tracing.StartModelJob("follow Job", modelJob);
        using var scope = ModelScope.Begin(logger, modelJob);
        var pods = await cluster.PodsOfJobAsync(namespaceName, name, cancellationToken);
        return IsComplete(job)
            ? await CompleteAsync(modelJob, job, pods, cancellationToken)
            : await ObserveAsync(modelJob, job, pods, cancellationToken);
    }

    private async Task<EventOutcome> CompleteAsync(
        ModelJob modelJob, V1Job job, IReadOnlyList<V1Pod> pods, CancellationToken cancellationToken)
    {
        Tracing.RecordJob(modelJob, job);
        Completion completion;
        try
        {
            var report = await reports.ReadAsync(modelJob, job, pods, cancellationToken);
            completion = await writer.WriteAsync(modelJob, report, cancellationToken);
            Measures.Task(JobLabels.Of(modelJob), TimeSpan.FromMilliseconds(report.ElapsedMilliseconds), report.Source.Size ?? 0);
        }
        catch (UnusableReportException exception)
        {
            completion = Completion.Failed(exception.Reason, exception.Message);
        }

        var after = await WriteStatusAsync(modelJob, completion.Status, cancellationToken);
        return EventOutcome.Done(Announce(after, completion));
    }

    private async Task<EventOutcome> ObserveAsync(
        ModelJob modelJob, V1Job job, IReadOnlyList<V1Pod> pods, CancellationToken cancellationToken)
    {
        var after = await WriteStatusAsync(
            modelJob, (current, now) => StatusTransitions.Observed(current, job, pods, now), cancellationToken);
        return EventOutcome.Done(after.Status?.Phase == ModelJobPhases.Failed ? Announce(after, Completion.None) : null);
    }

    private async Task<ModelJob> WriteStatusAsync(
        ModelJob modelJob, Func<ModelJob, DateTimeOffset, ModelJobStatus?> change, CancellationToken cancellationToken)
    {
        var after = await cluster.ModelJobs.UpdateStatusAsync(
            modelJob.Namespace, modelJob.Name, current => change(current, clock.GetUtcNow()), cancellationToken);
        if (after.Status?.Phase != modelJob.Status?.Phase)
        {
            Measures.Phase(JobLabels.Of(after), after.Status?.Phase);
            LogPhase(logger, after.Namespace, after.Name, after.Spec.Model, after.Status?.Phase, after.Status?.Message);
        }

        return after;
    }

    private CloudEvent? Announce(ModelJob modelJob, Completion completion)
    {
        var identity = new ObjectIdentity(modelJob.Namespace, modelJob.Name, modelJob.Metadata.Uid);
        if (!ModelReference.TryParse(modelJob.Spec.Model, out var model))
        {
            return null;
        }

        return modelJob.Status switch
        {
            { Phase: ModelJobPhases.Failed } status => KleverEvents.ModelJobFailed(
                model, identity, status.Conditions is [var condition, ..] ? condition.Reason : "", status.Message, clock.GetUtcNow()),
            { Phase: ModelJobPhases.Succeeded } when completion.After is not null => KleverEvents.ModelUpdated(
                completion.Reference ?? model, completion.Before, completion.After, identity, clock.GetUtcNow()),
            _ => null,
        };
    }

    private static V1OwnerReference? Owner(V1Job job) => job.Metadata.OwnerReferences?.FirstOrDefault(
        owner => owner is { Kind: ModelJobResource.Kind, ApiVersion: ModelJobResource.ApiVersion, Controller: true });

    private static bool IsComplete(V1Job job) =>
        job.Status?.Conditions?.Any(condition => condition is { Type: "Complete", Status: "True" }) == true;

    [LoggerMessage(EventId = 1401, Level = LogLevel.Information, Message = "ModelJob {Namespace}/{Name} for {Model} is {Phase}: {Text}")]
    private static partial void LogPhase(
        ILogger logger, string @namespace, string name, string model, string? phase, string? text);
}
