namespace Klever.Kubernetes.Serving.Status;

/// <summary>How a serving stands.</summary>
/// <param name="Reason">One of <see cref="ServingReasons"/>, or a reason of the cluster's own.</param>
/// <param name="Message">What it is and, where somebody must act, what to do.</param>
/// <param name="IsProgress">Nothing is wrong; it takes its time.</param>
public sealed record ServingState(string Reason, string Message, bool IsProgress = false);
