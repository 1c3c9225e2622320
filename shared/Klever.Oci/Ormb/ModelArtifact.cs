using Klever.Models;

namespace Klever.Oci.Ormb;

/// <summary>A model in a registry: its manifest, its description, and where its one layer is.</summary>
/// <param name="Descriptor">Of the manifest.</param>
public sealed record ModelArtifact(Descriptor Descriptor, ImageManifest Manifest, OrmbFile OrmbFile)
{
    public Digest Digest => Descriptor.Digest;

    /// <summary>The tar archive of <c>model/**</c>.</summary>
    public Descriptor Layer => Manifest.Layers[0];

    /// <summary>What an extraction left on it; null when there was none.</summary>
    public ExtractionMark? Extraction => ExtractionMark.Read(Manifest.Annotations);
}
