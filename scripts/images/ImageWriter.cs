using System.Text.Json.Nodes;
using Klever.Oci;
using Klever.Oci.Layout;

namespace Klever.Images;

/// <summary>Writes an image into an OCI layout: the layers of its base, and one of its own on top.</summary>
internal sealed class ImageWriter(OciLayoutWriter layout)
{
    /// <returns>The layer that is ours.</returns>
    public async Task<ImageLayer> WriteAsync(
        ImagePlan plan, ImageOrigin origin, ImageBelow below, IEnumerable<ImageFile> files, CancellationToken cancellationToken)
    {
        foreach (var blob in below.Layers.Where(_ => below.Layout is not null))
        {
            await layout.WriteBlobAsync(blob, below.Layout!.OpenBlob(blob), cancellationToken);
        }

        var own = LayerWriter.Write(layout, files);
        var document = ImageConfiguration.Create(plan, origin, below.Configuration, [own]);
        var configuration = layout.WriteBlob(document, ImageConfiguration.MediaType);
        var manifest = ImageManifest.Create(
            configuration, [.. below.Layers, own.Blob], annotations: ImageConfiguration.Labels(plan, origin)).ToJson();
        await layout.SetReferenceAsync($"{plan.Name}:{origin.Version}", layout.WriteBlob(manifest, MediaTypes.ImageManifest), cancellationToken);
        return own;
    }

    /// <summary>What the system's files become as the base of an image.</summary>
    public ImageBelow WriteSystem(IEnumerable<ImageFile> files)
    {
        var layer = LayerWriter.Write(layout, files);
        var configuration = new JsonObject
        {
            ["rootfs"] = new JsonObject { ["type"] = "layers", ["diff_ids"] = new JsonArray(JsonValue.Create(layer.DiffId.ToString())) },
            ["config"] = new JsonObject { ["Env"] = new JsonArray([.. SystemFiles.Environment.Select(pair => JsonValue.Create($"{pair.Key}={pair.Value}"))]) },
        };
        return new ImageBelow("scratch", configuration, [layer.Blob], Layout: null);
    }
}
