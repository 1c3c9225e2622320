using Klever.Functions.Access;
using Klever.Models;
using Klever.Oci;
using Klever.Oci.Ormb;

namespace Klever.Functions.Models.Catalog;

/// <summary>Models of a plain registry: its catalog, tags and manifests. It keeps no times, and each version costs two requests.</summary>
internal sealed class DistributionCatalog : IModelCatalog
{
    /// <summary>Tags of one repository that are looked at.</summary>
    private const int MaximumTags = 2000;

    private const int Concurrency = 8;

    public async Task<IReadOnlyList<string>> ListProjectsAsync(CallerRegistry caller, CancellationToken cancellationToken) =>
        [.. (await RepositoriesAsync(caller, cancellationToken)).Select(name => name.Split('/')[0]).Distinct()];

    public async Task<IReadOnlyList<string>> ListRepositoriesAsync(
        CallerRegistry caller, string project, CancellationToken cancellationToken) =>
        [.. (await RepositoriesAsync(caller, cancellationToken)).Where(name => name.StartsWith($"{project}/", StringComparison.Ordinal))];

    public async Task<IReadOnlyList<ModelVersion>> ListVersionsAsync(
        CallerRegistry caller, string repository, CancellationToken cancellationToken)
    {
        var found = new List<ModelVersion>();
        var tags = await TagsAsync(caller.Registry.Repository(repository), cancellationToken);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Concurrency, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(tags, parallel, async (tag, token) =>
        {
            if (await FindVersionAsync(caller, repository, tag, token) is { } version)
            {
                lock (found)
                {
                    found.Add(version);
                }
            }
        });
        return [.. found.OrderBy(version => version.Tag, StringComparer.Ordinal)];
    }

    public async Task<ModelVersion?> FindVersionAsync(
        CallerRegistry caller, string repository, string tag, CancellationToken cancellationToken)
    {
        try
        {
            var model = await ModelArtifacts.FetchAsync(caller.Registry.Repository(repository), tag, cancellationToken);
            return new ModelVersion
            {
                Repository = repository,
                Tag = tag,
                Digest = model.Digest,
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
    public async Task DeleteVersionAsync(CallerRegistry caller, string repository, string tag, CancellationToken cancellationToken)
    {
        var client = caller.Registry.Repository(repository);
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

    private static async Task<IReadOnlyList<string>> RepositoriesAsync(CallerRegistry caller, CancellationToken cancellationToken)
    {
        var names = await caller.Registry.ListRepositoriesAsync(cancellationToken).ToListAsync(cancellationToken);
        return [.. names.Order(StringComparer.Ordinal)];
    }

    // A repository from which everything was deleted has no list of tags.
    private static async Task<IReadOnlyList<string>> TagsAsync(RepositoryClient repository, CancellationToken cancellationToken)
    {
        try
        {
            return await repository.ListTagsAsync(cancellationToken).Take(MaximumTags).ToListAsync(cancellationToken);
        }
        catch (RegistryException exception) when (exception.IsNotFound)
        {
            return [];
        }
    }
}
