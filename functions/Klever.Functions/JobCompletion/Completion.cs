using Klever.Kubernetes.ModelJobs;
using Klever.Models;

namespace Klever.Functions.JobCompletion;

/// <summary>What completing a ModelJob came to: the status to write, and what to tell the world.</summary>
/// <param name="Status">Pure; called again after a conflict.</param>
internal sealed record Completion(Func<ModelJob, DateTimeOffset, ModelJobStatus?> Status)
{
    public static readonly Completion None = new((_, _) => null);

    /// <summary>Where the result is; null for the model itself.</summary>
    public ModelReference? Reference { get; init; }

    /// <summary>The manifest that was read.</summary>
    public Digest? Before { get; init; }

    /// <summary>The manifest that the result is; null when nothing was written.</summary>
    public Digest? After { get; init; }

    public static Completion Failed(string reason, string message) =>
        new((current, now) => StatusTransitions.Failed(current, reason, message, now));
}
