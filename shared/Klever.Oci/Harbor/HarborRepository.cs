namespace Klever.Oci.Harbor;

/// <summary>A repository of Harbor.</summary>
/// <param name="Name">With its project: <c>release/nlp/bert</c>.</param>
public sealed record HarborRepository(string Name, int ArtifactCount, long PullCount, DateTimeOffset? UpdateTime);
