namespace Klever.Oci;

/// <summary>Media types of OCI image specification 1.1 and of the Docker manifests that registries still hold.</summary>
public static class MediaTypes
{
    public const string ImageManifest = "application/vnd.oci.image.manifest.v1+json";

    public const string ImageIndex = "application/vnd.oci.image.index.v1+json";

    public const string DockerManifest = "application/vnd.docker.distribution.manifest.v2+json";

    public const string DockerManifestList = "application/vnd.docker.distribution.manifest.list.v2+json";

    /// <summary>The config of a container image.</summary>
    public const string ImageConfig = "application/vnd.oci.image.config.v1+json";

    /// <summary>A layer of a container image.</summary>
    public const string ImageLayerGzip = "application/vnd.oci.image.layer.v1.tar+gzip";

    /// <summary>The two bytes <c>{}</c>, for a config that says nothing (manifest.md, "Guidance for an Empty Descriptor").</summary>
    public const string Empty = "application/vnd.oci.empty.v1+json";

    internal const string OctetStream = "application/octet-stream";

    // Harbor answers 404 to a GET whose Accept lacks the type of the manifest that it holds.
    internal const string AcceptManifests = $"{ImageManifest}, {ImageIndex}, {DockerManifest}, {DockerManifestList}";

    internal static bool IsManifest(string mediaType) => mediaType is ImageManifest or DockerManifest;

    internal static bool IsIndex(string mediaType) => mediaType is ImageIndex or DockerManifestList;
}
