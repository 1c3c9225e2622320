using System.Text.Json.Nodes;
using Klever.Kubernetes.Cluster;
using Klever.Kubernetes.Serving;
using Klever.Kubernetes.Serving.Routing;

namespace Klever.Functions.Servings;

/// <summary>The route of a serving whose requests go by their headers. It belongs to the SeldonDeployment and goes with it.</summary>
internal sealed class ServingRoutes(ClusterClient cluster, ServingOptions options)
{
    private const int MaximumAttempts = 5;

    private ClusterResource<JsonObject> Routes =>
        options.Routing.Kind == RouteKind.HttpRoute ? cluster.HttpRoutes : cluster.VirtualServices;

    /// <summary>Makes the cluster have this route and no other.</summary>
    /// <param name="route">Null for none.</param>
    /// <param name="owner">The SeldonDeployment as it is stored.</param>
    /// <exception cref="ServingException">The cluster knows no such routes, or something else has the name.</exception>
    /// <exception cref="ClusterException">Others change it again and again (Conflict).</exception>
    public async Task ApplyAsync(JsonObject? route, JsonObject owner, CancellationToken cancellationToken)
    {
        var (space, serving) = (Text(owner, "namespace"), Text(owner, "name"));
        if (route is null)
        {
            await RemoveAsync(space, serving, cancellationToken);
            return;
        }

        route["metadata"]!["ownerReferences"] = new JsonArray(new JsonObject
        {
            ["apiVersion"] = (string?)owner["apiVersion"],
            ["kind"] = (string?)owner["kind"],
            ["name"] = serving,
            ["uid"] = Text(owner, "uid"),
        });
        for (var attempt = 1; !await TryApplyAsync(space, route, cancellationToken); attempt++)
        {
            // It was made, changed or deleted between two calls.
            if (attempt == MaximumAttempts)
            {
                throw new ClusterException(
                    ClusterFailure.Conflict, $"The {Routes.Kind.Kind} {Text(route, "name")} was changed by others {attempt} times in a row; try again.");
            }
        }
    }

    private async Task<bool> TryApplyAsync(string space, JsonObject route, CancellationToken cancellationToken)
    {
        var name = Text(route, "name");
        try
        {
            if (await Routes.FindAsync(space, name, cancellationToken) is not { } current)
            {
                await CreateAsync(space, route, cancellationToken);
                return true;
            }

            RequireOurs(current, name);
            var changed = (JsonObject)route.DeepClone();
            changed["metadata"]!["resourceVersion"] = Text(current, "resourceVersion");
            await Routes.ReplaceAsync(space, name, changed, cancellationToken);
            return true;
        }
        catch (ClusterException exception)
            when (exception.Failure is ClusterFailure.Conflict or ClusterFailure.AlreadyExists or ClusterFailure.NotFound)
        {
            return false;
        }
    }

    private async Task CreateAsync(string space, JsonObject route, CancellationToken cancellationToken)
    {
        try
        {
            await Routes.CreateAsync(space, route, cancellationToken);
        }
        catch (ClusterException exception) when (exception.Failure == ClusterFailure.NotFound)
        {
            throw new ServingException(
                ServingProblems.FieldInvalid, "spec.defaultPredictor",
                $"this cluster has no {Routes.Kind.Kind}, so requests cannot be routed by header; leave out trafficMatchs, or choose "
                + "another kind with Klever:Servings:Routes.");
        }
    }

    private async Task RemoveAsync(string space, string serving, CancellationToken cancellationToken)
    {
        var name = RouteRenderer.NameOf(serving);
        if (options.Routing.Kind == RouteKind.None
            || await Routes.FindAsync(space, name, cancellationToken) is not { } current || !IsOurs(current))
        {
            return;
        }

        try
        {
            await Routes.DeleteAsync(space, name, cancellationToken);
        }
        catch (ClusterException exception) when (exception.Failure == ClusterFailure.NotFound)
        {
            // It went meanwhile.
        }
    }

    private void RequireOurs(JsonObject current, string name)
    {
        if (!IsOurs(current))
        {
            throw new ServingException(
                ServingProblems.FieldInvalid, "metadata.name",
                $"the {Routes.Kind.Kind} {name} is there and is not Klever's; name the serving otherwise.");
        }
    }

    private static bool IsOurs(JsonObject route) =>
        (string?)route["metadata"]?["labels"]?[RouteRenderer.ManagedBy] == RouteRenderer.Manager;

    private static string Text(JsonObject item, string name) => (string?)item["metadata"]?[name] ?? "";
}
