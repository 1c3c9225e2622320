using System.Runtime.CompilerServices;
using k8s.Models;
using Klever.Functions.Hosting;
using Klever.Kubernetes.Cluster;
using Klever.Kubernetes.ModelJobs;
using Klever.Models;

namespace Klever.Functions.Sweep;

/// <summary>Looks at every ModelJob that has not ended, in all namespaces that are swept: two listings for each, by pages.</summary>
internal sealed class ModelJobSurvey(ClusterClient cluster, KleverOptions options)
{
    private const string OurJobs = $"{ModelJobResource.ManagedByLabel}={ModelJobResource.ManagedByValue}";

    public async IAsyncEnumerable<SweepFinding> FindAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var space in options.Namespaces.Swept)
        {
            var open = await OpenAsync(space, cancellationToken);
            if (open.Count == 0)
            {
                continue;
            }

            var ended = await EndedAsync(space, cancellationToken);
            foreach (var modelJob in open)
            {
                yield return Judge(modelJob, ended);
            }
        }
    }

    // ModelJobs before Jobs: then a Job that is not found was not there when its ModelJob was.
    private async Task<List<ModelJob>> OpenAsync(string? space, CancellationToken cancellationToken)
    {
        var open = new List<ModelJob>();
        await foreach (var modelJob in cluster.ModelJobs.ListAllAsync(space, cancellationToken: cancellationToken))
        {
            if (modelJob is { IsFinished: false, Metadata.DeletionTimestamp: null } && ModelReference.TryParse(modelJob.Spec.Model, out _))
            {
                open.Add(modelJob);
            }
        }

        return open;
    }

    /// <summary>The Jobs that are there, and whether each has ended.</summary>
    private async Task<Dictionary<(string, string), bool>> EndedAsync(string? space, CancellationToken cancellationToken)
    {
        var query = new ListQuery { LabelSelector = OurJobs };
        var jobs = new Dictionary<(string, string), bool>();
        await foreach (var job in cluster.Jobs.ListAllAsync(space, query, cancellationToken))
        {
            jobs[(job.Metadata.NamespaceProperty, job.Metadata.Name)] = HasEnded(job);
        }

        return jobs;
    }

    private static SweepFinding Judge(ModelJob modelJob, Dictionary<(string, string), bool> ended)
    {
        var (kind, reason, lost) = !ended.TryGetValue((modelJob.Namespace, modelJob.Name), out var hasEnded)
            ? (SweepKinds.ModelJobWithoutJob, "The ModelJob has not ended and has no Job.", LostEvents.ModelJobAdded(modelJob))
            : hasEnded
                ? (SweepKinds.JobWithoutUpdate, "The Job has ended, and the ModelJob does not know.", LostEvents.JobUpdated(modelJob))
                : (SweepKinds.JobInProgress, "The Job runs; its pods are looked at.", LostEvents.JobUpdated(modelJob));
        var repository = ModelReference.Parse(modelJob.Spec.Model).Repository;
        return new SweepFinding(kind, repository, modelJob.Spec.Model, $"{modelJob.Namespace}/{modelJob.Name}", reason, lost);
    }

    private static bool HasEnded(V1Job job) =>
        job.Status?.Conditions?.Any(condition => condition is { Type: "Complete" or "Failed", Status: "True" }) == true;
}
