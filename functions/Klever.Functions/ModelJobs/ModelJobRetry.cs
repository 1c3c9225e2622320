using k8s.Models;
using Klever.Kubernetes.Cluster;
using Klever.Kubernetes.ModelJobs;

namespace Klever.Functions.ModelJobs;

/// <summary>Does the work of a failed ModelJob once more: the object is deleted with its Job and created again, with the same name,
/// which for an automatic extraction is the name of its work, and with the same spec.</summary>
internal sealed class ModelJobRetry(ClusterClient cluster, TimeProvider clock)
{
    private const int MaximumAttempts = 4;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);

    /// <exception cref="ClusterException">It did not fail (Conflict), or is not there.</exception>
    public async Task<ModelJob> RunAsync(ModelJob failed, CancellationToken cancellationToken)
    {
        if (failed.Status?.Phase != ModelJobPhases.Failed)
        {
            throw new ClusterException(
                ClusterFailure.Conflict,
                $"ModelJob {failed.Name} is {(failed.Status?.Phase is { Length: > 0 } phase ? phase : "new")}; only a failed one is tried again.");
        }

        await cluster.ModelJobs.DeleteAsync(failed.Namespace, failed.Name, cancellationToken);
        return await CreateAsync(Anew(failed));
    }

    // Between the two calls nobody but us knows what was asked for, so a caller who hangs up does not end it, nor a moment without an answer.
    private async Task<ModelJob> CreateAsync(ModelJob modelJob)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await cluster.ModelJobs.CreateAsync(modelJob.Namespace, modelJob, CancellationToken.None);
            }
            catch (ClusterException exception) when (exception.Failure == ClusterFailure.Transient && attempt < MaximumAttempts)
            {
                await Task.Delay(FirstPause * Math.Pow(2, attempt - 1), clock, CancellationToken.None);
            }
            catch (ClusterException exception) when (exception.Failure == ClusterFailure.AlreadyExists && attempt > 1)
            {
                return await cluster.ModelJobs.FindAsync(modelJob.Namespace, modelJob.Name, CancellationToken.None) ?? modelJob;
            }
        }
    }

    private static ModelJob Anew(ModelJob failed) => new()
    {
        Metadata = new V1ObjectMeta
        {
            Name = failed.Name,
            NamespaceProperty = failed.Namespace,
            Labels = failed.Metadata.Labels,
            Annotations = failed.Metadata.Annotations,
        },
        Spec = failed.Spec,
    };
}
