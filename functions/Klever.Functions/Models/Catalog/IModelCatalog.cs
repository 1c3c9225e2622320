using Klever.Functions.Access;

namespace Klever.Functions.Models.Catalog;

/// <summary>Lists and deletes models: Harbor by its REST API, a plain registry by what the distribution API has.</summary>
internal interface IModelCatalog
{
    /// <summary>Names of the projects that the caller may see, sorted.</summary>
    Task<IReadOnlyList<string>> ListProjectsAsync(CallerRegistry caller, CancellationToken cancellationToken);

    /// <summary>Names of the repositories of a project, project first, sorted. Not all need to hold models.</summary>
    Task<IReadOnlyList<string>> ListRepositoriesAsync(CallerRegistry caller, string project, CancellationToken cancellationToken);

    /// <summary>The models of a repository, newest first where the registry keeps times, else by tag.</summary>
    Task<IReadOnlyList<ModelVersion>> ListVersionsAsync(CallerRegistry caller, string repository, CancellationToken cancellationToken);

    /// <summary>Null when there is no such tag, or it names something else.</summary>
    Task<ModelVersion?> FindVersionAsync(CallerRegistry caller, string repository, string tag, CancellationToken cancellationToken);

    /// <summary>Deletes one tag, and with the last tag the artifact.</summary>
    Task DeleteVersionAsync(CallerRegistry caller, string repository, string tag, CancellationToken cancellationToken);
}
