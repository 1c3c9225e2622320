using System.Text.Json.Nodes;
using k8s.Models;
using Klever.Functions.Access;
using Klever.Kubernetes.Cluster;
using Klever.Kubernetes.ModelJobs;
using Klever.Models;

namespace Klever.Functions.Cluster;

/// <summary>Which models a pod works for, and so who may see it: the pod of a Job belongs to its ModelJob, the pod of a Deployment
/// that Seldon made to its serving, and any other pod is nobody's here.</summary>
internal sealed class PodOwners(ClusterClient cluster, IAccess access)
{
    /// <summary>Seldon Core puts the name of the SeldonDeployment here.</summary>
    public const string ServingLabel = "seldon-deployment-id";

    private const int Concurrency = 8;

    /// <exception cref="ClusterException">There is no such pod, or it is nobody's here; the answer is the same.</exception>
    /// <exception cref="AccessDeniedException">The caller may not pull a model that the pod works for.</exception>
    public async Task<V1Pod> RequirePodAsync(HttpRequest caller, string namespaceName, string name, CancellationToken cancellationToken)
    {
        var pod = await cluster.Pods.FindAsync(namespaceName, name, cancellationToken);
        var repositories = pod is not null && Owner.Of(pod) is { } owner ? await RepositoriesAsync(owner, cancellationToken) : [];
        if (pod is null || repositories.Count == 0)
        {
            throw new ClusterException(
                ClusterFailure.NotFound, $"There is no pod {Excerpt.Of(name)} of a ModelJob or serving in {Excerpt.Of(namespaceName)}.");
        }

        await access.RequireAllAsync(caller, repositories, Right.Pull, cancellationToken);
        return pod;
    }

    /// <summary>The pods of which the caller may pull every model, in their order.</summary>
    public async Task<IReadOnlyList<V1Pod>> VisibleAsync(
        HttpRequest caller, IReadOnlyList<V1Pod> pods, CancellationToken cancellationToken)
    {
        var models = new Dictionary<Owner, IReadOnlyList<string>>();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Concurrency, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(pods.Select(Owner.Of).OfType<Owner>().Distinct(), parallel, async (owner, token) =>
        {
            var repositories = await RepositoriesAsync(owner, token);
            lock (models)
            {
                models[owner] = repositories;
            }
        });
        var pullable = await access.PullableAsync(caller, models.Values.SelectMany(names => names), cancellationToken);
        return [.. pods.Where(pod => Owner.Of(pod) is { } owner && models[owner] is { Count: > 0 } names && names.All(pullable.Contains))];
    }

    /// <summary>The repositories of the models of an owner; none when the owner is gone.</summary>
    public async Task<IReadOnlyList<string>> RepositoriesAsync(Owner owner, CancellationToken cancellationToken) => owner.Kind switch
    {
        ModelJobResource.Kind => await cluster.ModelJobs.FindAsync(owner.Namespace, owner.Name, cancellationToken) is { } modelJob
            ? Repositories([modelJob.Spec.Model])
            : [],
        _ => await cluster.SeldonDeployments.FindAsync(owner.Namespace, owner.Name, cancellationToken) is { } serving
            ? Repositories(ModelUris(serving["spec"]))
            : [],
    };

    private static List<string> Repositories(IEnumerable<string> models) =>
        [.. models.Select(model => ModelReference.TryParse(model, out var reference) ? reference.Repository : null).OfType<string>().Distinct()];

    // Graphs nest: a predictor of a router is a child of it.
    private static IEnumerable<string> ModelUris(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member => member is { Key: "modelUri", Value: JsonValue value }
            && value.TryGetValue(out string? uri) ? [uri] : ModelUris(member.Value)),
        JsonArray items => items.SelectMany(ModelUris),
        _ => [],
    };
}
