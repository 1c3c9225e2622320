namespace Klever.Oci;

/// <summary>A manifest or index as a registry holds it.</summary>
public sealed class FetchedManifest
{
    internal FetchedManifest(Descriptor descriptor, byte[] content)
    {
        (Descriptor, Content) = (descriptor, content);
        Manifest = MediaTypes.IsManifest(descriptor.MediaType) ? ImageManifest.Parse(content) : null;
        Index = MediaTypes.IsIndex(descriptor.MediaType) ? ImageIndex.Parse(content) : null;
    }

    /// <summary>Media type as the registry declared it; digest and size as counted here.</summary>
    public Descriptor Descriptor { get; }

    /// <summary>The bytes that the digest is of.</summary>
    public ReadOnlyMemory<byte> Content { get; }

    /// <summary>Null when it is an index or of another type.</summary>
    public ImageManifest? Manifest { get; }

    /// <summary>Null when it is not an index.</summary>
    public ImageIndex? Index { get; }
}
