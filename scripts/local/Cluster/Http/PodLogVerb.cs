using Klever.Local.Cluster.Objects;
using Klever.Local.Jobs;

namespace Klever.Local.Cluster.Http;

/// <summary>The log of a container, as text.</summary>
internal sealed class PodLogVerb(ApiObjects objects, ContainerLogs logs)
{
    public async Task GetAsync(HttpContext context, ApiRequest request)
    {
        var pod = objects.Get(request.Type, request.Namespace ?? "", request.Name!);
        var query = LogQuery.Parse(context.Request.Query, objects.Clock.GetUtcNow());
        var container = Choose(pod, query.Container);
        var log = logs.Find(pod.Uid(), container, query.Previous);
        if (log is null)
        {
            throw query.Previous
                ? ApiErrors.BadRequest($"previous terminated container \"{container}\" in pod \"{pod.Name()}\" not found")
                : ApiErrors.BadRequest($"container \"{container}\" in pod \"{pod.Name()}\" is waiting to start: {WaitingReason(pod, container)}");
        }

        context.Response.ContentType = "text/plain";
        try
        {
            await foreach (var line in log.ReadAsync(query, context.RequestAborted))
            {
                await context.Response.BodyWriter.WriteAsync(line, context.RequestAborted);
            }
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
        }
    }

    private static string Choose(System.Text.Json.Nodes.JsonObject pod, string? asked)
    {
        var containers = pod.Objects("spec", "containers").Select(c => c.Text("name")!).ToList();
        var initial = pod.Objects("spec", "initContainers").Select(c => c.Text("name")!).ToList();
        if (asked is null)
        {
            return containers.Count == 1
                ? containers[0]
                : throw ApiErrors.BadRequest(
                    $"a container name must be specified for pod {pod.Name()}, choose one of: [{string.Join(' ', containers)}]");
        }

        return containers.Contains(asked) || initial.Contains(asked)
            ? asked
            : throw ApiErrors.BadRequest($"container {asked} is not valid for pod {pod.Name()}");
    }

    private static string WaitingReason(System.Text.Json.Nodes.JsonObject pod, string container) =>
        pod.Objects("status", "containerStatuses").Concat(pod.Objects("status", "initContainerStatuses"))
            .FirstOrDefault(s => s.Text("name") == container)
            .Text("state", "waiting", "reason") ?? "ContainerCreating";
}
