using Klever.Kubernetes.Cluster;

namespace Klever.Kubernetes.ModelJobs;

/// <summary>Writes the status of a ModelJob without losing what others wrote meanwhile.</summary>
public static class ModelJobStatusUpdate
{
    private const int MaximumAttempts = 5;

    /// <summary>Reads the ModelJob, lets <paramref name="change"/> decide, and writes; after a conflict from the start
    /// again.</summary>
    /// <param name="modelJobs">Where it is kept.</param>
    /// <param name="namespaceName">Its namespace.</param>
    /// <param name="name">Its name.</param>
    /// <param name="change">Pure: may be called several times. The status as it is means that nothing is
    /// written.</param>
    /// <param name="cancellationToken">Ends it between two requests.</param>
    /// <returns>The ModelJob as the server has it now.</returns>
    public static async Task<ModelJob> UpdateStatusAsync(
        this ClusterResource<ModelJob> modelJobs,
        string namespaceName,
        string name,
        Func<ModelJob, ModelJobStatus?> change,
        CancellationToken cancellationToken = default)
    {
        for (var attempt = 1; ; attempt++)
        {
            var current = await modelJobs.GetAsync(namespaceName, name, cancellationToken);
            var status = change(current);
            if (status is null || Same(status, current.Status))
            {
                return current;
            }

            try
            {
                return await modelJobs.ReplaceStatusAsync(
                    namespaceName, name, current with { Status = status }, cancellationToken);
            }
            catch (ClusterException exception)
                when (exception.Failure == ClusterFailure.Conflict && attempt < MaximumAttempts)
            {
                // Somebody was faster; look at what is there now.
            }
        }
    }

    private static bool Same(ModelJobStatus left, ModelJobStatus? right) =>
        right is not null && ClusterJson.Serialize(left).AsSpan().SequenceEqual(ClusterJson.Serialize(right));
}
