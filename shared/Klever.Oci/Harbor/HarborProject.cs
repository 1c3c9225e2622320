namespace Klever.Oci.Harbor;

/// <summary>A project of Harbor.</summary>
/// <param name="RepositoryCount">Repositories that the asking account may see.</param>
public sealed record HarborProject(long Id, string Name, bool IsPublic, int RepositoryCount);
