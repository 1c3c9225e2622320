using Klever.Functions.Events;
using Klever.Functions.Hosting;
using Klever.Kubernetes.Cluster;

namespace Klever.Functions.JobCompletion;

/// <summary>Follows the Job of every ModelJob that has not ended: an ApiServerSource never repeats an event that was lost.</summary>
internal sealed class JobSweep(ClusterClient cluster, JobFollower follower, KleverOptions options)
{
    public async Task<EventOutcome> RunAsync(CancellationToken cancellationToken)
    {
        await foreach (var modelJob in cluster.ModelJobs.ListAllAsync(options.Namespace, cancellationToken: cancellationToken))
        {
            if (!modelJob.IsFinished)
            {
                await follower.FollowAsync(modelJob.Namespace, modelJob.Name, cancellationToken);
            }
        }

        return EventOutcome.Done();
    }
}
