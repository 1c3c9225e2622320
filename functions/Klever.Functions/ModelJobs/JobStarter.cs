using k8s.Models;
using Klever.Functions.Events;
using Klever.Functions.Telemetry;
using Klever.Kubernetes.Cluster;
using Klever.Kubernetes.Jobs;
using Klever.Kubernetes.ModelJobs;

namespace Klever.Functions.ModelJobs;

/// <summary>Sees to it that a ModelJob has its Job: same name, same namespace, created once however often this runs.</summary>
internal sealed partial class JobStarter(
    ClusterClient cluster, ModelJobCheck check, JobOptions options, TimeProvider clock, ILogger<JobStarter> logger)
{
    public async Task<EventOutcome> StartAsync(string namespaceName, string name, CancellationToken cancellationToken)
    {
        var modelJob = await cluster.ModelJobs.FindAsync(namespaceName, name, cancellationToken);
        return modelJob switch
        {
            null => EventOutcome.Ignored($"ModelJob {namespaceName}/{name} is gone"),
            { IsFinished: true } => EventOutcome.Ignored($"ModelJob {namespaceName}/{name} has ended"),
            { Metadata.DeletionTimestamp: not null } => EventOutcome.Ignored($"ModelJob {namespaceName}/{name} is being deleted"),
            _ => await StartAsync(modelJob, cancellationToken),
        };
    }

    private async Task<EventOutcome> StartAsync(ModelJob modelJob, CancellationToken cancellationToken)
    {
        using var activity = Tracing.StartModelJob("start ModelJob", modelJob);
        using var scope = ModelScope.Begin(logger, modelJob);
        if (await cluster.Jobs.FindAsync(modelJob.Namespace, modelJob.Name, cancellationToken) is { } present)
        {
            return HasItsJob(modelJob, present);
        }

        try
        {
            var source = await check.RequireAsync(modelJob, cancellationToken);
            await cluster.Jobs.CreateAsync(modelJob.Namespace, JobBuilder.Build(modelJob, source, options), cancellationToken);
            Measures.Phase(JobLabels.Of(modelJob), ModelJobPhases.Pending);
            LogCreated(logger, modelJob.Namespace, modelJob.Name, modelJob.Spec.Model);
            await WriteStatusAsync(modelJob, current => StatusTransitions.Created(current, source, clock.GetUtcNow()), cancellationToken);
        }
        catch (ClusterException exception) when (exception.Failure == ClusterFailure.AlreadyExists)
        {
            return EventOutcome.Ignored($"ModelJob {modelJob.Namespace}/{modelJob.Name} got its Job meanwhile");
        }
        catch (InvalidModelJobException exception)
        {
            Measures.Phase(JobLabels.Of(modelJob), ModelJobPhases.Failed);
            LogInvalid(logger, modelJob.Namespace, modelJob.Name, exception.Message);
            await WriteStatusAsync(modelJob, current => StatusTransitions.Refused(current, exception, clock.GetUtcNow()), cancellationToken);
        }

        return EventOutcome.Done();
    }

    // A ModelJob that was deleted to be tried again has the name of its predecessor, whose Job goes a moment later.
    private static EventOutcome HasItsJob(ModelJob modelJob, V1Job job) =>
        job.Metadata.OwnerReferences?.Any(owner => owner.Uid == modelJob.Metadata.Uid) == true
            ? EventOutcome.Ignored($"ModelJob {modelJob.Namespace}/{modelJob.Name} has its Job")
            : throw new ClusterException(
                ClusterFailure.Transient, $"Job {modelJob.Namespace}/{modelJob.Name} of a former ModelJob is still being deleted");

    private Task<ModelJob> WriteStatusAsync(
        ModelJob modelJob, Func<ModelJob, ModelJobStatus?> change, CancellationToken cancellationToken) =>
        cluster.ModelJobs.UpdateStatusAsync(modelJob.Namespace, modelJob.Name, change, cancellationToken);

    [LoggerMessage(EventId = 1201, Level = LogLevel.Information, Message = "Created Job {Namespace}/{Name} for {Model}")]
    private static partial void LogCreated(ILogger logger, string @namespace, string name, string model);

    [LoggerMessage(EventId = 1202, Level = LogLevel.Warning, Message = "ModelJob {Namespace}/{Name} cannot become a Job: {Problem}")]
    private static partial void LogInvalid(ILogger logger, string @namespace, string name, string problem);
}
