using Klever.Functions.Hosting;

namespace Klever.Functions.Cluster;

/// <summary><c>/api/v1alpha1/namespaces/{ns}/pods/{pod}/logs</c>, with the parameters of Klever Model Registry (which call the
/// previous log <c>userPreviousLogs</c>) and <c>follow</c>.</summary>
internal static class LogEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/v1alpha1/namespaces/{ns}/pods/{pod}/logs", GetAsync)
            .WithTags("Pods")
            .WithSummary("A window of a container's log; with follow=true the log as text while it grows");

    private static async Task<IResult> GetAsync(
        string ns, string pod, [AsParameters] LogRequest asked, HttpRequest http, PodOwners owners, LogReader logs,
        CancellationToken cancellationToken)
    {
        var found = await owners.RequirePodAsync(http, ns, pod, cancellationToken);
        var previous = asked.UserPreviousLogs ?? false;
        return asked.Follow == true
            ? new FollowedLog(
                await logs.FollowAsync(found, asked.ContainerID, previous, asked.LogFilePosition, cancellationToken))
            : TypedResults.Json(
                await logs.ReadAsync(found, asked.ContainerID, previous, asked.Selection, cancellationToken),
                FunctionsJson.Default.LogDetails);
    }
}
