using Klever.Functions.Access;
using Klever.Functions.Rest;
using Klever.Kubernetes.Cluster;
using Klever.Kubernetes.ModelJobs;
using Klever.Models;

namespace Klever.Functions.Cluster;

/// <summary><c>…/modeljobs/{name}/events</c> and <c>…/servings/{name}/events</c>.</summary>
internal static class EventEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var space = routes.MapGroup("/api/v1alpha1/namespaces/{ns}");
        space.MapGet("/modeljobs/{name}/events", OfModelJobAsync).WithTags("ModelJobs")
            .WithSummary("What the cluster noted about a ModelJob, its Job and its pods, oldest first");
        space.MapGet("/servings/{name}/events", OfServingAsync).WithTags("Servings")
            .WithSummary("What the cluster noted about a serving and its pods, oldest first");
    }

    private static Task<IResult> OfModelJobAsync(
        string ns, string name, int? start, int? limit, HttpRequest http, PodOwners owners, ObjectEvents events, IAccess access,
        CancellationToken cancellationToken) =>
        ListAsync(new Owner(ModelJobResource.Kind, ns, name), start, limit, http, owners, events, access, cancellationToken);

    private static Task<IResult> OfServingAsync(
        string ns, string name, int? start, int? limit, HttpRequest http, PodOwners owners, ObjectEvents events, IAccess access,
        CancellationToken cancellationToken) =>
        ListAsync(new Owner(ResourceKinds.SeldonDeployment.Kind, ns, name), start, limit, http, owners, events, access, cancellationToken);

    private static async Task<IResult> ListAsync(
        Owner owner, int? start, int? limit, HttpRequest http, PodOwners owners, ObjectEvents events, IAccess access,
        CancellationToken cancellationToken)
    {
        var repositories = await owners.RepositoriesAsync(owner, cancellationToken);
        if (repositories.Count == 0)
        {
            throw new ClusterException(
                ClusterFailure.NotFound, $"There is no {owner.Kind} {Excerpt.Of(owner.Name)} in {Excerpt.Of(owner.Namespace)}.");
        }

        foreach (var repository in repositories)
        {
            await access.RequireAsync(http, repository, Right.Pull, cancellationToken);
        }

        return JsonAnswer.Of(Page.Of(await events.OfAsync(owner, cancellationToken), start, limit));
    }
}
