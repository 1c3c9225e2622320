using System.Text.Json.Nodes;
using Klever.Local.Cluster.Objects;

namespace Klever.Local.Jobs;

/// <summary>The pods of one Job, counted by how they stand.</summary>
internal sealed class JobPods
{
    public JobPods(JsonObject job, IEnumerable<JsonObject> pods)
    {
        All = [.. pods.Where(p => p.Controller().Text("uid") == job.Uid())];
        Active = [.. All.Where(p => p.Text("status", "phase") is not ("Succeeded" or "Failed"))];
        Succeeded = All.Count(p => p.Text("status", "phase") == "Succeeded");
        Failed = [.. All.Where(p => p.Text("status", "phase") == "Failed")];
        Verdicts = [.. Failed.Select(p => PodFailurePolicy.Judge(job, p))];
    }

    public IReadOnlyList<JsonObject> All { get; }

    public IReadOnlyList<JsonObject> Active { get; }

    public IReadOnlyList<JsonObject> Failed { get; }

    public int Succeeded { get; }

    /// <summary>What the podFailurePolicy says of each failed pod.</summary>
    public IReadOnlyList<FailureVerdict> Verdicts { get; }

    /// <summary>Failures that count towards the backoffLimit.</summary>
    public int Counted => Verdicts.Count(v => v.Action == "Count");

    public int Ready => Active.Count(p => p.Objects("status", "conditions").Any(c => c.Text("type") == "Ready" && c.Text("status") == "True"));

    public long Restarts => Active.Sum(p => p.Objects("status", "containerStatuses")
        .Concat(p.Objects("status", "initContainerStatuses")).Sum(c => c.Number("restartCount") ?? 0));

    /// <summary>When the last of the failed pods ended.</summary>
    public DateTimeOffset? LastFailure => Failed
        .SelectMany(p => p.Objects("status", "containerStatuses"))
        .Select(s => s.Time("state", "terminated", "finishedAt"))
        .Max();
}
