namespace Klever.Functions.JobCompletion;

/// <summary>A Job that ended well but whose report leads nowhere, for good.</summary>
/// <param name="reason">A reason of <see cref="Kubernetes.ModelJobs.ModelJobReasons"/>.</param>
internal sealed class UnusableReportException(string reason, string message, Exception? inner = null) : Exception(message, inner)
{
    public string Reason { get; } = reason;
}
