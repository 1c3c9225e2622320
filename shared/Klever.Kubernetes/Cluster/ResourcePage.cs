namespace Klever.Kubernetes.Cluster;

/// <summary>One page of a list.</summary>
/// <param name="Items">In the order of their names, as the server keeps them.</param>
/// <param name="Continue">The token for the next page; null on the last one.</param>
/// <param name="ResourceVersion">The version of the list, where a watch would begin.</param>
public sealed record ResourcePage<T>(IReadOnlyList<T> Items, string? Continue, string? ResourceVersion);
