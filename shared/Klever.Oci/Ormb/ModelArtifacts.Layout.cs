using System.IO.Compression;
using Klever.Models;
using Klever.Oci.Layout;

namespace Klever.Oci.Ormb;

public static partial class ModelArtifacts
{
    /// <summary>Packs a directory into a layout on this machine, under a name.</summary>
    /// <inheritdoc cref="PushAsync"/>
    public static async Task<ModelArtifact> SaveAsync(
        OciLayoutWriter layout,
        string name,
        ModelContent model,
        CompressionLevel level = CompressionLevel.Fastest,
        IProgress<long>? progress = null,
        CancellationToken cancellationToken = default)
    {
        await using var blob = layout.CreateBlob();
        await Task.Run(() => ModelLayerWriter.Write(model, blob, level, progress, cancellationToken), cancellationToken);
        var layer = blob.Complete(ModelLayer.MediaType);
        var config = layout.WriteBlob(model.OrmbFile.ToJson(), OrmbFile.MediaType);
        var manifest = ImageManifest.Create(config, [layer]);
        var descriptor = layout.WriteBlob(manifest.ToJson(), MediaTypes.ImageManifest);
        await layout.SetReferenceAsync(name, descriptor, cancellationToken);
        return new ModelArtifact(descriptor, manifest, model.OrmbFile);
    }

    /// <summary>The model of this name in a layout; null when there is none.</summary>
    /// <exception cref="NotAModelException">The name is that of something else.</exception>
    public static ModelArtifact? TryFind(OciLayout layout, string name)
    {
        if (layout.TryResolve(name) is not { } descriptor)
        {
            return null;
        }

        var fetched = layout.ReadManifest(descriptor);
        Check(fetched, layout.Directory, name);
        return new ModelArtifact(
            fetched.Descriptor, fetched.Manifest!, ReadConfig(layout.ReadBlob(fetched.Manifest!.Config), layout.Directory, name));
    }

    /// <summary>Pushes a model as a layout holds it: what the registry has already is not sent.</summary>
    /// <param name="progress">Hears of the bytes of the layer that were sent.</param>
    public static async Task PushAsync(
        RepositoryClient repository,
        string? tag,
        OciLayout layout,
        ModelArtifact model,
        IProgress<long>? progress = null,
        CancellationToken cancellationToken = default)
    {
        await repository.PushBlobAsync(
            model.Layer, _ => Task.FromResult(ProgressStream.Of(layout.OpenBlob(model.Layer), progress)), cancellationToken);
        await repository.PushBlobAsync(
            model.Manifest.Config, _ => Task.FromResult(layout.OpenBlob(model.Manifest.Config)), cancellationToken);
        await repository.PushManifestAsync(
            tag ?? model.Digest.ToString(),
            layout.ReadBlob(model.Descriptor, OciLimits.MaximumManifestBytes),
            model.Descriptor.MediaType,
            cancellationToken);
    }

    /// <summary>Pulls a model into a layout, under a name; every digest is compared before anything gets its place.</summary>
    /// <param name="progress">Hears of the bytes of the layer that arrived.</param>
    public static async Task PullAsync(
        RepositoryClient repository,
        ModelArtifact model,
        OciLayoutWriter layout,
        string name,
        IProgress<long>? progress = null,
        CancellationToken cancellationToken = default)
    {
        if (!layout.Layout.BlobExists(model.Layer.Digest))
        {
            var layer = await repository.FetchBlobAsync(model.Layer, cancellationToken);
            await layout.WriteBlobAsync(model.Layer, ProgressStream.Of(layer, progress), cancellationToken);
        }

        var config = await repository.FetchBlobAsync(model.Manifest.Config, cancellationToken);
        await layout.WriteBlobAsync(model.Manifest.Config, config, cancellationToken);
        var manifest = await repository.FetchManifestAsync(model.Digest.ToString(), cancellationToken);
        var written = layout.WriteBlob(manifest.Content.Span, manifest.Descriptor.MediaType);
        await layout.SetReferenceAsync(name, written, cancellationToken);
    }
}
