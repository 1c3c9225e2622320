using k8s.Models;
using Klever.Functions.Access;
using Klever.Functions.Hosting;
using Klever.Kubernetes.Cluster;
using Klever.Kubernetes.ModelJobs;
using Klever.Kubernetes.Serving;
using Klever.Models;

namespace Klever.Functions.Cluster;

/// <summary>Which models a pod works for, and so who may see it (<see cref="RepositoryRights"/>): the pod of a Job belongs to its
/// ModelJob, the pod of a Deployment that Seldon made to its serving, and any other pod is nobody's here. Its log may tell of every model
/// that it works for, so one that is not in our registry closes it to everybody.</summary>
internal sealed class PodOwners(ClusterClient cluster, IAccess access, KleverOptions options)
{
    private const int Concurrency = 8;

    /// <exception cref="ClusterException">There is no such pod, or it is nobody's here; the answer is the same.</exception>
    /// <exception cref="AccessDeniedException">The caller may not pull a model that the pod works for.</exception>
    public async Task<V1Pod> RequirePodAsync(HttpRequest caller, string namespaceName, string name, CancellationToken cancellationToken)
    {
        var pod = await cluster.Pods.FindAsync(namespaceName, name, cancellationToken);
        var models = pod is not null && Owner.Of(pod) is { } owner ? await FindAsync(owner, cancellationToken) : null;
        if (pod is null || models is null)
        {
            throw new ClusterException(
                ClusterFailure.NotFound, $"There is no pod {Excerpt.Of(name)} of a ModelJob or serving in {Excerpt.Of(namespaceName)}.");
        }

        await access.RequireAllAsync(caller, models.Repositories, Right.Pull, $"Pod {name}", cancellationToken);
        return pod;
    }

    /// <exception cref="ClusterException">There is no such owner.</exception>
    /// <exception cref="AccessDeniedException">The caller may not pull a model that it works for.</exception>
    public async Task RequireAsync(HttpRequest caller, Owner owner, CancellationToken cancellationToken)
    {
        var models = await FindAsync(owner, cancellationToken) ?? throw new ClusterException(
            ClusterFailure.NotFound, $"There is no {owner.Kind} {Excerpt.Of(owner.Name)} in {Excerpt.Of(owner.Namespace)}.");
        await access.RequireAllAsync(caller, models.Repositories, Right.Pull, $"{owner.Kind} {owner.Name}", cancellationToken);
    }

    /// <summary>The pods of which the caller may pull every model, in their order.</summary>
    public async Task<IReadOnlyList<V1Pod>> VisibleAsync(
        HttpRequest caller, IReadOnlyList<V1Pod> pods, CancellationToken cancellationToken)
    {
        var models = new Dictionary<Owner, OwnerModels>();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Concurrency, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(pods.Select(Owner.Of).OfType<Owner>().Distinct(), parallel, async (owner, token) =>
        {
            if (await FindAsync(owner, token) is { } found)
            {
                lock (models)
                {
                    models[owner] = found;
                }
            }
        });
        var owned = pods.Where(pod => Owner.Of(pod) is { } owner && models.ContainsKey(owner));
        return await access.VisibleAsync(caller, owned, pod => models[Owner.Of(pod)!].Repositories, cancellationToken);
    }

    /// <summary>Null when the owner is gone.</summary>
    private async Task<OwnerModels?> FindAsync(Owner owner, CancellationToken cancellationToken) => owner.Kind switch
    {
        ModelJobResource.Kind => await cluster.ModelJobs.FindAsync(owner.Namespace, owner.Name, cancellationToken) is { } modelJob
            ? new OwnerModels(options.Jobs.RepositoryOf(modelJob.Spec.Model) is { } repository ? [repository] : null)
            : null,
        _ => await cluster.SeldonDeployments.FindAsync(owner.Namespace, owner.Name, cancellationToken) is { } serving
            ? new OwnerModels(ServedRepositories.Of(serving, options.Servings))
            : null,
    };

    /// <param name="Repositories">Of all models that it works for; null when one is not in our registry.</param>
    private sealed record OwnerModels(IReadOnlyList<string>? Repositories);
}
