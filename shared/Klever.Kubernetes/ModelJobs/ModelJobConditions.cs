namespace Klever.Kubernetes.ModelJobs;

/// <summary>The condition types of a ModelJob.</summary>
public static class ModelJobConditions
{
    /// <summary><c>Unknown</c> while it goes on, <c>True</c> or <c>False</c> when it ended; so
    /// <c>kubectl wait --for=condition=Succeeded mj/…</c> waits for the result.</summary>
    public const string Succeeded = "Succeeded";
}
