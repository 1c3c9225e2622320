using System.Text.Json.Nodes;
using Klever.Kubernetes.Cluster;
using Klever.Kubernetes.Serving.Intents;
using Klever.Kubernetes.Serving.Requests;

namespace Klever.Functions.Servings;

/// <summary>SeldonDeployments in the cluster, and the routes that belong to them.</summary>
internal sealed class ServingStore(ClusterClient cluster, Composition composition, ServingRoutes routes)
{
    private const int MaximumAttempts = 5;

    public async Task<JsonObject> CreateAsync(ServingRequest request, CancellationToken cancellationToken)
    {
        var composed = await composition.ComposeAsync(request, live: null, cancellationToken);
        var created = await cluster.SeldonDeployments.CreateAsync(request.Namespace, composed.Deployment, cancellationToken);
        if (composed.Route is not null)
        {
            await ApplyRouteAsync(composed.Route, created, cancellationToken);
        }

        return created;
    }

    /// <summary>Composes anew, from what was asked for before and what the body changes of it, and replaces. A version that the caller
    /// names (If-Match, or in the body) must still be the present one; without one, a conflict is tried again on what is there then.</summary>
    /// <param name="namespaceName">Where it is.</param>
    /// <param name="name">Of the serving.</param>
    /// <param name="change">Makes the request from what is stored, after asking whether the caller may.</param>
    /// <param name="version">Null for any.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task<JsonObject> ReplaceAsync(
        string namespaceName,
        string name,
        Func<JsonObject, Task<ServingRequest>> change,
        string? version,
        CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var live = await GetAsync(namespaceName, name, cancellationToken);
            var request = await change(live);
            var composed = await composition.ComposeAsync(request, live, cancellationToken);
            Metadata(composed.Deployment)["resourceVersion"] = version ?? (string?)Metadata(live)["resourceVersion"];
            try
            {
                var replaced = await cluster.SeldonDeployments.ReplaceAsync(
                    request.Namespace, request.Name, composed.Deployment, cancellationToken);
                await routes.ApplyAsync(composed.Route, replaced, cancellationToken);
                return replaced;
            }
            catch (ClusterException exception)
                when (exception.Failure == ClusterFailure.Conflict && version is null && attempt < MaximumAttempts)
            {
                // Seldon, or somebody else, wrote meanwhile.
            }
        }
    }

    /// <summary>What an earlier, interrupted creation of the same request left, completed; null when another serving has the
    /// name.</summary>
    public async Task<JsonObject?> ResumeAsync(ServingRequest request, CancellationToken cancellationToken)
    {
        var live = await GetAsync(request.Namespace, request.Name, cancellationToken);
        var composed = await composition.ComposeAsync(request, live, cancellationToken);
        if (!ServingIntent.IsSame(live, composed.Deployment))
        {
            return null;
        }

        await routes.ApplyAsync(composed.Route, live, cancellationToken);
        return live;
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

        return [.. servings.OrderBy(serving => (string?)Metadata(serving)["name"], StringComparer.Ordinal)];
    }

    /// <summary>Deletes a serving; the cluster deletes its route with it.</summary>
    public Task DeleteAsync(string namespaceName, string name, CancellationToken cancellationToken) =>
        cluster.SeldonDeployments.DeleteAsync(namespaceName, name, cancellationToken);

    // A serving whose requests go elsewhere than was asked for is worse than none.
    private async Task ApplyRouteAsync(JsonObject route, JsonObject created, CancellationToken cancellationToken)
    {
        try
        {
            await routes.ApplyAsync(route, created, cancellationToken);
        }
        catch
        {
            await DeleteAsync((string)Metadata(created)["namespace"]!, (string)Metadata(created)["name"]!, CancellationToken.None);
            throw;
        }
    }

    private static JsonObject Metadata(JsonObject serving) => serving["metadata"] as JsonObject
        ?? throw new InvalidOperationException("a SeldonDeployment without metadata");
}
