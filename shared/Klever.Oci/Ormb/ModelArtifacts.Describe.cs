using System.Text;
using Klever.Models;

namespace Klever.Oci.Ormb;

public static partial class ModelArtifacts
{
    /// <summary>The type of a signature that is attached to a model whose tag may not move.</summary>
    public const string SignatureArtifactType = "application/vnd.kleveross.model.signature.v1+json";

    /// <summary>Gives a model another description: a new config and a new manifest under the same tag, with the same layer
    /// descriptor. The layer is neither read nor sent nor asked for.</summary>
    /// <param name="repository">Where the model is.</param>
    /// <param name="tag">The tag to move; null for a model without one, which then gets the signature as a referrer.</param>
    /// <param name="mark">Which manifest was read, by which job; goes into the new manifest.</param>
    /// <param name="describe">Makes the new description from the present one.</param>
    /// <remarks>Registries have no conditional PUT: the tag is compared right before, and a push within that moment wins or
    /// loses like any two pushes.</remarks>
    /// <exception cref="NotAModelException">The source is no ORMB model.</exception>
    public static async Task<DescribeOutcome> DescribeAsync(
        RepositoryClient repository,
        string? tag,
        ExtractionMark mark,
        Func<OrmbFile, OrmbFile> describe,
        CancellationToken cancellationToken = default)
    {
        if (tag is not null && await FindEarlierResultAsync(repository, tag, mark, cancellationToken) is { } earlier)
        {
            return earlier;
        }

        var model = await FetchAsync(repository, mark.Source.ToString(), cancellationToken);
        var described = describe(model.OrmbFile);
        if (tag is null)
        {
            return await AttachAsync(repository, model, described, mark, cancellationToken);
        }

        var config = await repository.PushBlobAsync(described.ToJson(), OrmbFile.MediaType, cancellationToken);
        var manifest = model.Manifest
            .WithConfig(config.WithAnnotations(model.Manifest.Config.Annotations))
            .WithAnnotations(mark.ToAnnotations());

        // Two events of one Job may come here at once: the other one's result is not somebody else's push.
        if (await FindEarlierResultAsync(repository, tag, mark, cancellationToken) is { } meanwhile)
        {
            return meanwhile;
        }

        try
        {
            var pushed = await repository.PushManifestAsync(tag, manifest.ToJson(), model.Descriptor.MediaType, cancellationToken);
            return new DescribeOutcome(DescribeResult.Updated, pushed.Digest);
        }
        catch (RegistryException exception) when (exception.IsImmutable)
        {
            return await AttachAsync(repository, model, described, mark, cancellationToken);
        }
    }

    // A job may be completed twice, and a person may push in between: both show in what the tag names now.
    private static async Task<DescribeOutcome?> FindEarlierResultAsync(
        RepositoryClient repository, string tag, ExtractionMark mark, CancellationToken cancellationToken)
    {
        var now = await repository.TryResolveAsync(tag, cancellationToken);
        if (now is null)
        {
            return new DescribeOutcome(DescribeResult.Superseded, Digest: null);
        }

        if (now.Digest == mark.Source)
        {
            return null;
        }

        var current = await repository.FetchManifestAsync(now.Digest.ToString(), cancellationToken);
        var isOurs = current.Manifest is { } manifest && ExtractionMark.Read(manifest.Annotations) is { } present
            && (present.Source, present.Version) == (mark.Source, mark.Version);
        return new DescribeOutcome(isOurs ? DescribeResult.AlreadyDone : DescribeResult.Superseded, now.Digest);
    }

    private static async Task<DescribeOutcome> AttachAsync(
        RepositoryClient repository, ModelArtifact model, OrmbFile described, ExtractionMark mark, CancellationToken cancellationToken)
    {
        var signature = Encoding.UTF8.GetBytes(SignatureJson.Write(described.Signature).ToJsonString());
        var config = await repository.PushBlobAsync("{}"u8.ToArray(), MediaTypes.Empty, cancellationToken);
        var layer = await repository.PushBlobAsync(signature, SignatureArtifactType, cancellationToken);
        var referrer = ImageManifest.Create(
            config,
            [layer],
            artifactType: SignatureArtifactType,
            subject: new Descriptor(model.Descriptor.MediaType, model.Digest, model.Descriptor.Size),
            annotations: mark.ToAnnotations());
        var pushed = await repository.PushReferrerAsync(referrer, cancellationToken);
        return new DescribeOutcome(DescribeResult.AttachedAsReferrer, pushed.Digest);
    }
}
