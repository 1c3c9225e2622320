using System.Runtime.CompilerServices;
using System.Text;
using Klever.Models;
using Klever.Oci.Harbor;

namespace Klever.Oci.Ormb;

/// <summary>What models a registry has, for one account. Harbor is asked by its REST API, which shows any account what it may see and
/// tells of a hundred models in one answer; its catalog is for administrators only. Any other registry is asked by its catalog.</summary>
/// <param name="registry">As whoever asks.</param>
/// <param name="harbor">The same account at Harbor's REST API.</param>
/// <param name="isHarbor">Which of the two is asked.</param>
/// <remarks>Throws <see cref="HarborException"/> or <see cref="RegistryException"/>. Safe for concurrent use.</remarks>
public sealed class ModelCatalog(RegistryClient registry, HarborClient harbor, bool isHarbor)
{
    /// <summary>Names that are held at once; a registry with more is listed by its first ones.</summary>
    public const int MaximumRepositories = 500_000;

    // As Harbor calls whatever has the word "model" in the type of its config.
    private const string ModelType = "MODEL";

    /// <summary>The names of all repositories that the account may see, sorted by ordinal, so that a listing can go on after a name.</summary>
    public async Task<IReadOnlyList<string>> ListRepositoriesAsync(CancellationToken cancellationToken = default)
    {
        var names = isHarbor
            ? HarborRepositoriesAsync(cancellationToken)
            : registry.ListRepositoriesAsync(cancellationToken);
        var found = new List<string>();
        await foreach (var name in names.Take(MaximumRepositories))
        {
            found.Add(name);
        }

        found.Sort(StringComparer.Ordinal);
        return found;
    }

    /// <summary>The tagged models of a repository; none when it is gone. What is no model is left out.</summary>
    public IAsyncEnumerable<CatalogModel> ListModelsAsync(string repository, CancellationToken cancellationToken = default) => isHarbor
        ? HarborModelsAsync(repository, cancellationToken)
        : TaggedModelsAsync(registry.Repository(repository), cancellationToken);

    private async IAsyncEnumerable<string> HarborRepositoriesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var project in harbor.ListProjectsAsync(cancellationToken))
        {
            await foreach (var repository in harbor.ListRepositoriesAsync(project.Name, cancellationToken))
            {
                yield return repository.Name;
            }
        }
    }

    private async IAsyncEnumerable<CatalogModel> HarborModelsAsync(
        string repository, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var artifact in harbor.ListArtifactsAsync(repository, ModelType, cancellationToken).NoneWhenGone(IsGone, cancellationToken))
        {
            if (artifact is { IsModel: true, Tags.Count: > 0 } && Describe(artifact) is { } ormbFile)
            {
                yield return new CatalogModel(
                    artifact.Repository, artifact.Digest, artifact.Tags, ormbFile, ExtractionMark.Read(artifact.Annotations));
            }
        }
    }

    // One tag after the other: a plain registry tells of no digest twice.
    private static async IAsyncEnumerable<CatalogModel> TaggedModelsAsync(
        RepositoryClient repository, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var tag in repository.ListTagsAsync(cancellationToken).NoneWhenGone(IsGone, cancellationToken))
        {
            if (await TryFetchAsync(repository, tag, cancellationToken) is { } model)
            {
                yield return new CatalogModel(repository.Name, model.Digest, [tag], model.OrmbFile, model.Extraction);
            }
        }
    }

    private static async Task<ModelArtifact?> TryFetchAsync(
        RepositoryClient repository, string tag, CancellationToken cancellationToken)
    {
        try
        {
            return await ModelArtifacts.FetchAsync(repository, tag, cancellationToken);
        }
        catch (Exception exception) when (exception is NotAModelException || IsGone(exception))
        {
            return null;
        }
    }

    private static OrmbFile? Describe(HarborArtifact artifact)
    {
        try
        {
            return OrmbFile.FromJson(Encoding.UTF8.GetBytes((artifact.ExtraAttributes ?? []).ToJsonString()));
        }
        catch (OrmbFileException)
        {
            return null;
        }
    }

    private static bool IsGone(Exception exception) =>
        exception is RegistryException { IsNotFound: true } or HarborException { IsNotFound: true };
}
