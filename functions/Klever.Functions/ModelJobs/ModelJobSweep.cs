using Klever.Functions.Events;
using Klever.Functions.Hosting;
using Klever.Kubernetes.Cluster;

namespace Klever.Functions.ModelJobs;

/// <summary>Finds ModelJobs that have not ended and have no Job, because an event was lost or the Job was deleted, and starts it.</summary>
internal sealed class ModelJobSweep(ClusterClient cluster, JobStarter starter, KleverOptions options)
{
    public async Task<EventOutcome> RunAsync(CancellationToken cancellationToken)
    {
        await foreach (var modelJob in cluster.ModelJobs.ListAllAsync(options.Namespace, cancellationToken: cancellationToken))
        {
            if (!modelJob.IsFinished)
            {
                await starter.StartAsync(modelJob.Namespace, modelJob.Name, cancellationToken);
            }
        }

        return EventOutcome.Done();
    }
}
