using Klever.Models;

namespace Klever.Oci.Ormb;

/// <summary>What is done with models in a repository: fetch, push, pull, describe. One file for each.</summary>
public static partial class ModelArtifacts
{
    /// <summary>The manifest and description of a model; its layer stays where it is.</summary>
    /// <exception cref="NotAModelException">What the tag or digest names is something else.</exception>
    public static async Task<ModelArtifact> FetchAsync(
        RepositoryClient repository, string tagOrDigest, CancellationToken cancellationToken = default)
    {
        var fetched = await repository.FetchManifestAsync(tagOrDigest, cancellationToken);
        Check(fetched, repository.Name, tagOrDigest);
        var manifest = fetched.Manifest!;
        var config = await repository.FetchBlobBytesAsync(manifest.Config, OrmbFile.MaximumSize, cancellationToken);
        return new ModelArtifact(fetched.Descriptor, manifest, ReadConfig(config, repository.Name, tagOrDigest));
    }

    private static void Check(FetchedManifest fetched, string place, string tagOrDigest)
    {
        if (Refusal(fetched) is var (reason, text))
        {
            throw new NotAModelException(reason, place, tagOrDigest, text);
        }
    }

    private static OrmbFile ReadConfig(byte[] config, string place, string tagOrDigest)
    {
        try
        {
            return OrmbFile.FromJson(config);
        }
        catch (OrmbFileException exception)
        {
            throw new NotAModelException(NotAModelReason.Config, place, tagOrDigest, exception.Message.TrimEnd('.'), exception);
        }
    }

    private static (NotAModelReason Reason, string Text)? Refusal(FetchedManifest fetched) => fetched.Manifest switch
    {
        null => (NotAModelReason.NotAManifest, $"it is of type {Excerpt.Of(fetched.Descriptor.MediaType)}, not a manifest"),
        { Subject: not null } => (NotAModelReason.HasSubject, "it has a subject, so it says something about another artifact"),
        { Config.MediaType: not OrmbFile.MediaType and var type } =>
            (NotAModelReason.ConfigType, $"its config is of type {Excerpt.Of(type)}; a model's is {OrmbFile.MediaType}"),
        { Layers.Count: not 1 and var count } => (NotAModelReason.LayerCount, $"it has {count} layers; a model has exactly one"),
        _ => null,
    };
}
