namespace Klever.Kubernetes.Cluster;

/// <summary>The API server refused a request or could not be reached.</summary>
public sealed class ClusterException(ClusterFailure failure, string message, Exception? inner = null)
    : Exception(message, inner)
{
    public ClusterFailure Failure { get; } = failure;

    /// <summary>HTTP status; null when there was no answer.</summary>
    public int? Status { get; init; }

    /// <summary>The machine-readable reason of the <c>Status</c> object, such as <c>AlreadyExists</c>.</summary>
    public string? Reason { get; init; }

    /// <summary>What the server says, alone; null when there was no answer.</summary>
    public string? ServerMessage { get; init; }

    /// <summary>Fields that the server complains about.</summary>
    public IReadOnlyList<FieldProblem> Causes { get; init; } = [];

    /// <summary>How long the server asks to wait.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
