using k8s.Models;
using Klever.Functions.Rest;
using Klever.Kubernetes.Cluster;

namespace Klever.Functions.Cluster;

/// <summary><c>/api/v1alpha1/namespaces/{ns}/pods</c>: the pods of ModelJobs and servings, as a PodList without anything that a
/// caller's model did not bring along.</summary>
internal static class PodEndpoints
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/v1alpha1/namespaces/{ns}/pods", ListAsync)
            .WithTags("Pods")
            .WithSummary("Pods of the ModelJobs and servings whose models the caller may pull; filterBy=key=value,key:value picks by label");

    private static async Task<IResult> ListAsync(
        string ns, string? filterBy, HttpRequest http, ClusterClient cluster, PodOwners owners, CancellationToken cancellationToken)
    {
        var query = new ListQuery { LabelSelector = LabelFilter.Parse(filterBy) };
        var pods = new List<V1Pod>();
        await foreach (var pod in cluster.Pods.ListAllAsync(ns, query, cancellationToken))
        {
            if (Owner.Of(pod) is not null && pods.Count < Page.MaximumItems)
            {
                pods.Add(pod);
            }
        }

        return JsonAnswer.Of(PodView.List(await owners.VisibleAsync(http, pods, cancellationToken)));
    }
}
