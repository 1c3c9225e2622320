using Klever.Oci.Harbor;

namespace Klever.Oci.Ormb.Catalog;

/// <summary>What models a registry has, for one account: Harbor by its REST API, a plain registry by what the distribution API has.</summary>
/// <remarks>Everything throws <see cref="HarborException"/> or <see cref="RegistryException"/>. Safe for concurrent use.</remarks>
public interface IModelCatalog
{
    /// <summary>Names that are held at once; a registry with more is listed by its first ones.</summary>
    const int MaximumRepositories = 500_000;

    /// <summary>Names of the projects that the account may see, sorted.</summary>
    Task<IReadOnlyList<string>> ListProjectsAsync(CancellationToken cancellationToken = default);

    /// <summary>Names of all repositories that the account may see, sorted by ordinal, so that a listing can go on after a name.</summary>
    Task<IReadOnlyList<string>> ListRepositoriesAsync(CancellationToken cancellationToken = default);

    /// <summary>Names of the repositories of a project, project first, sorted. Not all need to hold models.</summary>
    Task<IReadOnlyList<string>> ListRepositoriesAsync(string project, CancellationToken cancellationToken = default);

    /// <summary>The tagged models of a repository, newest first where the registry keeps times, else by tag. What is no model is left out.</summary>
    IAsyncEnumerable<CatalogModel> ListModelsAsync(string repository, CancellationToken cancellationToken = default);

    /// <summary>Null when there is no such tag, or it names something else.</summary>
    Task<CatalogModel?> FindModelAsync(string repository, string tag, CancellationToken cancellationToken = default);

    /// <summary>Deletes one tag, and with the last tag what it names.</summary>
    Task DeleteTagAsync(string repository, string tag, CancellationToken cancellationToken = default);
}
