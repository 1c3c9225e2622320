using Klever.Functions.Access;
using Klever.Functions.Rest;
using Klever.Kubernetes.Cluster;
using Klever.Kubernetes.ModelJobs;
using Klever.Models;

namespace Klever.Functions.Cluster;

/// <summary><c>…/modeljobs/{name}/events</c>.</summary>
internal static class EventEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/v1alpha1/namespaces/{ns}/modeljobs/{name}/events", ListAsync)
            .WithTags("ModelJobs")
            .WithSummary("What happened to a ModelJob, its Job and its pods, the latest first");

    private static async Task<IResult> ListAsync(
        string ns, string name, int? start, int? limit, HttpRequest http, PodOwners owners, ModelJobEvents events,
        CancellationToken cancellationToken)
    {
        await owners.RequireAsync(http, new Owner(ModelJobResource.Kind, ns, name), cancellationToken);
        return JsonAnswer.Of(Page.Of(await events.OfAsync(ns, name, cancellationToken), start, limit));
    }
}
