using System.Text.Json.Nodes;
using Klever.Kubernetes.Cluster;
using Klever.Kubernetes.Serving.Requests;

namespace Klever.Functions.Servings;

/// <summary>SeldonDeployments in the cluster.</summary>
internal sealed class ServingStore(ClusterClient cluster, Composition composition)
{
    private const int MaximumAttempts = 5;

    public async Task<JsonObject> CreateAsync(ServingRequest request, CancellationToken cancellationToken)
    {
        var serving = await composition.ComposeAsync(request, cancellationToken);
        return await cluster.SeldonDeployments.CreateAsync(request.Namespace, serving, cancellationToken);
    }

    /// <summary>Composes anew and replaces. A version that the caller names (If-Match, or in the body) must still be the present one;
    /// without one, a conflict is simply tried again on what is there then.</summary>
    public async Task<JsonObject> ReplaceAsync(ServingRequest request, string? version, CancellationToken cancellationToken)
    {
        var serving = await composition.ComposeAsync(request, cancellationToken);
        for (var attempt = 1; ; attempt++)
        {
            var current = await cluster.SeldonDeployments.GetAsync(request.Namespace, request.Name, cancellationToken);
            Metadata(serving)["resourceVersion"] = version ?? Metadata(current)["resourceVersion"]?.GetValue<string>();
            try
            {
                return await cluster.SeldonDeployments.ReplaceAsync(request.Namespace, request.Name, serving, cancellationToken);
            }
            catch (ClusterException exception)
                when (exception.Failure == ClusterFailure.Conflict && version is null && attempt < MaximumAttempts)
            {
                // Seldon wrote its defaults or status meanwhile.
            }
        }
    }

    public Task<JsonObject> GetAsync(string namespaceName, string name, CancellationToken cancellationToken) =>
        cluster.SeldonDeployments.GetAsync(namespaceName, name, cancellationToken);

    /// <summary>All servings of a namespace, sorted by name.</summary>
    public async Task<IReadOnlyList<JsonObject>> ListAsync(string namespaceName, CancellationToken cancellationToken)
    {
        var servings = new List<JsonObject>();
        await foreach (var serving in cluster.SeldonDeployments.ListAllAsync(namespaceName, cancellationToken: cancellationToken))
        {
            servings.Add(serving);
        }

        return [.. servings.OrderBy(serving => Metadata(serving)["name"]?.GetValue<string>(), StringComparer.Ordinal)];
    }

    public Task DeleteAsync(string namespaceName, string name, CancellationToken cancellationToken) =>
        cluster.SeldonDeployments.DeleteAsync(namespaceName, name, cancellationToken);

    private static JsonObject Metadata(JsonObject serving) => serving["metadata"] as JsonObject
        ?? throw new InvalidOperationException("a SeldonDeployment without metadata");
}
