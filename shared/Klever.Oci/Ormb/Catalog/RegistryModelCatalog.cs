using System.Runtime.CompilerServices;

namespace Klever.Oci.Ormb.Catalog;

/// <summary>Models of a plain registry: its catalog, tags and manifests. It keeps no times, and each tag costs two requests.</summary>
/// <param name="registry">As whoever asks.</param>
/// <param name="maximumTags">Tags of one repository that are looked at.</param>
/// <param name="concurrency">Tags that are looked at at once.</param>
/// <param name="passedOver">Told of each tag that a listing leaves out because what it names cannot be read; null where the listing is to
/// fail then.</param>
public sealed class RegistryModelCatalog(
    RegistryClient registry,
    int maximumTags = RegistryModelCatalog.MaximumTags,
    int concurrency = 1,
    Action<string>? passedOver = null) : IModelCatalog
{
    /// <summary>Names that are held at once; a repository with more is listed by its first ones.</summary>
    public const int MaximumTags = 500_000;

    public async Task<IReadOnlyList<string>> ListProjectsAsync(CancellationToken cancellationToken = default) =>
        [.. (await ListRepositoriesAsync(cancellationToken)).Select(name => name.Split('/')[0]).Distinct()];

    public async Task<IReadOnlyList<string>> ListRepositoriesAsync(CancellationToken cancellationToken = default)
    {
        var found = await registry.ListRepositoriesAsync(cancellationToken).Take(IModelCatalog.MaximumRepositories).ToListAsync(cancellationToken);
        found.Sort(StringComparer.Ordinal);
        return found;
    }

    public async Task<IReadOnlyList<string>> ListRepositoriesAsync(string project, CancellationToken cancellationToken = default) =>
        [.. (await ListRepositoriesAsync(cancellationToken)).Where(name => name.StartsWith($"{project}/", StringComparison.Ordinal))];

    /// <summary>By tag; a repository from which everything was deleted has none.</summary>
    public async IAsyncEnumerable<CatalogModel> ListModelsAsync(
        string repository, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var abandonment = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var ahead = new Queue<Task<CatalogModel?>>();
        try
        {
            foreach (var tag in await TagsAsync(repository, cancellationToken))
            {
                ahead.Enqueue(FindReadableAsync(repository, tag, abandonment.Token));
                if (ahead.Count >= concurrency && await ahead.Dequeue() is { } model)
                {
                    yield return model;
                }
            }

            while (ahead.TryDequeue(out var last))
            {
                if (await last is { } model)
                {
                    yield return model;
                }
            }
        }
        finally
        {
            await abandonment.CancelAsync();
            await ((Task)Task.WhenAll(ahead)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <exception cref="OciContentException">It is not what its manifest says.</exception>
    public async Task<CatalogModel?> FindModelAsync(string repository, string tag, CancellationToken cancellationToken = default)
    {
        try
        {
            var model = await ModelArtifacts.FetchAsync(registry.Repository(repository), tag, cancellationToken);
            return new CatalogModel
            {
                Repository = repository,
                Digest = model.Digest,
                Tags = [tag],
                Size = model.Descriptor.Size + model.Manifest.Config.Size + model.Layer.Size,
                OrmbFile = model.OrmbFile,
                Extraction = model.Extraction,
            };
        }
        catch (Exception exception) when (exception is RegistryException { IsNotFound: true } or NotAModelException)
        {
            return null;
        }
    }

    // The API deletes a manifest with all its tags. So a tag of several is first moved to a manifest of its own.
    public async Task DeleteTagAsync(string repository, string tag, CancellationToken cancellationToken = default)
    {
        var client = registry.Repository(repository);
        var manifest = await client.FetchManifestAsync(tag, cancellationToken);
        var digest = manifest.Descriptor.Digest;
        if (await client.TagsOfAsync(digest, cancellationToken) is { Count: > 1 })
        {
            var config = await client.PushBlobAsync("{}"u8.ToArray(), MediaTypes.Empty, cancellationToken);
            var marker = ImageManifest.Create(config, [], annotations: new Dictionary<string, string>
            {
                ["io.kleveross.deleted"] = Guid.NewGuid().ToString(),
            });
            digest = (await client.PushManifestAsync(tag, marker.ToJson(), MediaTypes.ImageManifest, cancellationToken)).Digest;
        }

        await client.DeleteManifestAsync(digest, cancellationToken);
    }

    private async Task<CatalogModel?> FindReadableAsync(string repository, string tag, CancellationToken cancellationToken)
    {
        try
        {
            return await FindModelAsync(repository, tag, cancellationToken);
        }
        catch (OciContentException exception) when (passedOver is not null && exception.Problem != OciContentProblem.Truncated)
        {
            passedOver($"{repository}:{tag} is left out: {exception.Message}");
            return null;
        }
    }

    private async Task<List<string>> TagsAsync(string repository, CancellationToken cancellationToken)
    {
        var tags = registry.Repository(repository).ListTagsAsync(cancellationToken).NoneWhenGone(cancellationToken);
        var found = await tags.Take(maximumTags).ToListAsync(cancellationToken);
        found.Sort(StringComparer.Ordinal);
        return found;
    }
}
