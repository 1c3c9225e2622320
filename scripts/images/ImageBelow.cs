using System.Text.Json;
using System.Text.Json.Nodes;
using Klever.Oci;
using Klever.Oci.Layout;

namespace Klever.Images;

/// <summary>What an image stands on.</summary>
/// <param name="Name">For the label <c>base.name</c>.</param>
/// <param name="Configuration">Its configuration, which the image's own begins with.</param>
/// <param name="Layers">Its layers, lowest first.</param>
/// <param name="Layout">Where the layers are; null when they are in the layout that is written.</param>
internal sealed record ImageBelow(string Name, JsonObject Configuration, IReadOnlyList<Descriptor> Layers, OciLayout? Layout)
{
    /// <summary>Opens <c>DIRECTORY</c> or <c>DIRECTORY:NAME</c>, as <c>skopeo copy docker://… oci:DIRECTORY:NAME</c> left it.</summary>
    /// <exception cref="OciContentException">It is no image layout.</exception>
    /// <exception cref="InvalidOperationException">It does not hold this image.</exception>
    public static ImageBelow Open(string place)
    {
        var separator = Directory.Exists(place) ? -1 : place.LastIndexOf(':');
        var layout = OciLayout.Open(separator < 0 ? place : place[..separator]);
        var named = separator < 0 ? layout.Manifests is [var first, ..] ? first : null : layout.TryResolve(place[(separator + 1)..]);
        var entry = named ?? throw new InvalidOperationException($"{place} holds no such image.");
        var manifest = ImageManifest.Parse(layout.ReadManifest(entry).Content.Span);
        var configuration = JsonSerializer.Deserialize(layout.ReadBlob(manifest.Config), ImagesJson.Default.JsonObject)
            ?? throw new InvalidOperationException($"the configuration of {place} is null.");
        return new ImageBelow(place, configuration, manifest.Layers, layout);
    }
}
