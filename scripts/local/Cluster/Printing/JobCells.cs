using System.Text.Json.Nodes;
using Klever.Local.Cluster.Objects;

namespace Klever.Local.Cluster.Printing;

/// <summary>The cells that <c>kubectl get jobs</c> computes.</summary>
internal static class JobCells
{
    public static string Status(JsonObject job)
    {
        foreach (var type in (string[])["Complete", "Failed", "Suspended", "FailureTarget"])
        {
            if (job.Objects("status", "conditions").Any(c => c.Text("type") == type && c.Text("status") == "True"))
            {
                return type;
            }
        }

        return job.IsBeingDeleted() ? "Terminating" : "Running";
    }

    public static string Duration(JsonObject job, DateTimeOffset now) => job.Time("status", "startTime") is { } start
        ? Printing.Duration.Show((job.Time("status", "completionTime") ?? now) - start)
        : "";
}
