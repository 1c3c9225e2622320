using System.Text.Json.Nodes;
using Klever.Local.Cluster.Objects;

namespace Klever.Local.Cluster.Printing;

/// <summary>The cells that <c>kubectl get pods</c> computes.</summary>
internal static class PodCells
{
    public static string Ready(JsonObject pod)
    {
        var ready = pod.Objects("status", "containerStatuses").Count(c => c.Flag("ready"));
        return $"{ready}/{pod.Objects("spec", "containers").Count()}";
    }

    public static string Restarts(JsonObject pod) =>
        pod.Objects("status", "containerStatuses").Sum(c => c.Number("restartCount") ?? 0).ToString();

    public static string Status(JsonObject pod)
    {
        if (pod.IsBeingDeleted())
        {
            return "Terminating";
        }

        var initial = pod.Objects("status", "initContainerStatuses").ToList();
        var unfinished = initial.FindIndex(s => s.Number("state", "terminated", "exitCode") != 0);
        if (unfinished >= 0)
        {
            var reason = Reason(initial[unfinished]);
            return reason is null ? $"Init:{unfinished}/{initial.Count}" : $"Init:{reason}";
        }

        var reasons = pod.Objects("status", "containerStatuses").Select(Reason);
        return reasons.FirstOrDefault(r => r is not null) ?? pod.Text("status", "reason") ?? pod.Text("status", "phase") ?? "Unknown";
    }

    private static string? Reason(JsonObject status) =>
        status.Text("state", "waiting", "reason") is { } waiting && waiting != "PodInitializing"
            ? waiting
            : status.Text("state", "terminated", "reason");
}
