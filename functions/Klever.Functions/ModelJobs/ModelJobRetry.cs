using k8s.Models;
using Klever.Kubernetes.Cluster;
using Klever.Kubernetes.ModelJobs;

namespace Klever.Functions.ModelJobs;

/// <summary>Does the work of a failed ModelJob once more: the object is deleted with its Job and created again, with the same name,
/// which for an automatic extraction is the name of its work, and with the same spec.</summary>
internal sealed class ModelJobRetry(ClusterClient cluster)
{
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
        return await cluster.ModelJobs.CreateAsync(failed.Namespace, Anew(failed), CancellationToken.None);
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
