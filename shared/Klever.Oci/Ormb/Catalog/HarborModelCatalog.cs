using System.Net;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json.Nodes;
using Klever.Models;
using Klever.Oci.Harbor;

namespace Klever.Oci.Ormb.Catalog;

/// <summary>Models by Harbor's REST API, which shows any account what it may see and keeps the description of each artifact: one
/// request for a hundred of them. Harbor's catalog is for administrators only.</summary>
/// <param name="harbor">As whoever asks.</param>
/// <param name="passedOver">Told of each model that a listing leaves out because its description is too large to be taken; null where
/// the listing is to fail then.</param>
public sealed class HarborModelCatalog(HarborClient harbor, Action<string>? passedOver = null) : IModelCatalog
{
    // MODEL is what Harbor calls whatever has the word "model" in the type of its config; other vendors' models are told apart by that
    // type. Untagged are those of before an extraction.
    private const string TaggedModels = "type=MODEL,tags=*";

    public async Task<IReadOnlyList<string>> ListProjectsAsync(CancellationToken cancellationToken = default) =>
        await harbor.ListProjectsAsync(cancellationToken).Select(project => project.Name).ToListAsync(cancellationToken);

    public async Task<IReadOnlyList<string>> ListRepositoriesAsync(CancellationToken cancellationToken = default)
    {
        var found = await AllRepositoriesAsync(cancellationToken).Take(IModelCatalog.MaximumRepositories).ToListAsync(cancellationToken);
        found.Sort(StringComparer.Ordinal);
        return found;
    }

    public async Task<IReadOnlyList<string>> ListRepositoriesAsync(string project, CancellationToken cancellationToken = default) =>
        await RepositoriesOf(project, cancellationToken).ToListAsync(cancellationToken);

    /// <summary>A repository that is gone is a <see cref="HarborException"/>; see <see cref="VanishingListing"/>.</summary>
    public async IAsyncEnumerable<CatalogModel> ListModelsAsync(
        string repository, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var artifact in harbor.ListArtifactsAsync(repository, TaggedModels, passedOver, cancellationToken))
        {
            if (artifact.Tags.Count > 0 && TryDescribe(artifact, repository) is { } model)
            {
                yield return model;
            }
        }
    }

    /// <exception cref="OrmbFileException">Its description cannot be read.</exception>
    public async Task<CatalogModel?> FindModelAsync(string repository, string tag, CancellationToken cancellationToken = default) =>
        await harbor.FindArtifactAsync(repository, tag, cancellationToken) is { } artifact ? Describe(artifact, repository) : null;

    public async Task DeleteTagAsync(string repository, string tag, CancellationToken cancellationToken = default)
    {
        var artifact = await harbor.FindArtifactAsync(repository, tag, cancellationToken)
            ?? throw new HarborException($"There is no {repository}:{tag}.", HttpStatusCode.NotFound);
        await (artifact.Tags.Count > 1
            ? harbor.DeleteTagAsync(repository, tag, cancellationToken)
            : harbor.DeleteArtifactAsync(repository, artifact.Digest.ToString(), cancellationToken));
    }

    private IAsyncEnumerable<string> AllRepositoriesAsync(CancellationToken cancellationToken) =>
        harbor.ListProjectsAsync(cancellationToken).SelectMany(project => RepositoriesOf(project.Name, cancellationToken));

    private IAsyncEnumerable<string> RepositoriesOf(string project, CancellationToken cancellationToken) =>
        harbor.ListRepositoriesAsync(project, cancellationToken).Select(repository => repository.Name);

    // Whoever may push can push a description that cannot be read; it must not hide the other models.
    private static CatalogModel? TryDescribe(HarborArtifact artifact, string repository)
    {
        try
        {
            return Describe(artifact, repository);
        }
        catch (OrmbFileException)
        {
            return null;
        }
    }

    private static CatalogModel? Describe(HarborArtifact artifact, string repository) =>
        !artifact.IsModel || artifact.ExtraAttributes is not { } attributes ? null : new CatalogModel
        {
            Repository = repository,
            Digest = artifact.Digest,
            Tags = artifact.Tags,
            Size = artifact.Size,
            OrmbFile = Read(attributes),
            Extraction = ExtractionMark.Read(artifact.Annotations),
            PushTime = artifact.PushTime,
            PullTime = artifact.PullTime,
        };

    private static OrmbFile Read(JsonObject attributes)
    {
        try
        {
            return OrmbFile.FromJson(Encoding.UTF8.GetBytes(attributes.ToJsonString()));
        }
        catch (InvalidOperationException exception)
        {
            throw new OrmbFileException("the config is nested too deep to be written.", exception);
        }
    }
}
