using System.IO.Compression;
using Klever.Models;
using Klever.Oci.Transport;

namespace Klever.Oci.Ormb;

public static partial class ModelArtifacts
{
    /// <summary>Packs and pushes a directory. The layer travels while it is packed and is held nowhere.</summary>
    /// <param name="repository">Where to.</param>
    /// <param name="tag">The tag to set; null to push by digest alone.</param>
    /// <param name="model">What to push; it was checked when it was opened, so nothing is sent of a model that is incomplete.</param>
    /// <param name="level">How hard to compress.</param>
    /// <param name="progress">Hears of the bytes read of the files.</param>
    /// <param name="annotations">What the manifest is to say; null for nothing.</param>
    /// <exception cref="ModelDirectoryException">A file changed while it was packed.</exception>
    public static async Task<ModelArtifact> PushAsync(
        RepositoryClient repository,
        string? tag,
        ModelContent model,
        CompressionLevel level = CompressionLevel.Fastest,
        IProgress<long>? progress = null,
        IReadOnlyDictionary<string, string>? annotations = null,
        CancellationToken cancellationToken = default)
    {
        var layer = await PushLayerAsync(repository, model, level, progress, cancellationToken);
        var config = await repository.PushBlobAsync(model.OrmbFile.ToJson(), OrmbFile.MediaType, cancellationToken);
        var manifest = ImageManifest.Create(config, [layer], annotations: annotations);
        var content = manifest.ToJson();
        var descriptor = await repository.PushManifestAsync(
            tag ?? Digest.Of(content).ToString(), content, MediaTypes.ImageManifest, cancellationToken);
        return new ModelArtifact(descriptor, manifest, model.OrmbFile);
    }

    // Nothing of an upload is kept, so one that breaks is packed and sent again.
    private static async Task<Descriptor> PushLayerAsync(
        RepositoryClient repository,
        ModelContent model,
        CompressionLevel level,
        IProgress<long>? progress,
        CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var upload = await repository.OpenUploadAsync(cancellationToken);
                await Task.Run(() => ModelLayerWriter.Write(model, upload, level, progress, cancellationToken), cancellationToken);
                return await upload.CompleteAsync(ModelLayer.MediaType, cancellationToken);
            }
            catch (RegistryException exception) when (exception.IsTransient && attempt < OciLimits.MaximumAttempts)
            {
                await RetrySchedule.WaitAsync(attempt, TimeProvider.System, cancellationToken);
            }
        }
    }
}
