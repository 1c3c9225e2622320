using System.Text;
using Klever.Models;

namespace Klever.Oci.Layout;

/// <summary>An OCI image layout: manifests and blobs as files (image specification, image-layout.md). The local store of the
/// command line, and what other OCI tools (<c>skopeo copy oci:…</c>) read.</summary>
public sealed class OciLayout
{
    /// <summary>The annotation of an index entry that holds its name.</summary>
    public const string ReferenceAnnotation = "org.opencontainers.image.ref.name";

    internal const string IndexFile = "index.json";
    internal const string VersionFile = "oci-layout";
    internal const string Version = "1.0.0";
    private const int MaximumVersionFileBytes = 1024;

    internal OciLayout(string directory) => Directory = directory;

    public string Directory { get; }

    /// <exception cref="OciContentException">The directory is not a layout, or of another version.</exception>
    public static OciLayout Open(string directory)
    {
        var path = Path.Combine(directory, VersionFile);
        if (!File.Exists(path))
        {
            throw new OciContentException(
                OciContentProblem.NotTheDocument, $"{directory} is not an OCI image layout: it has no file \"{VersionFile}\".");
        }

        var document = OciJson.ParseObject(Read(path, MaximumVersionFileBytes), VersionFile, MaximumVersionFileBytes);
        var version = OciJson.OptionalString(document, "imageLayoutVersion", VersionFile);
        return version == Version
            ? new OciLayout(Path.GetFullPath(directory))
            : throw OciJson.Malformed(VersionFile, $"the version is \"{Excerpt.Of(version)}\"; only {Version} is known");
    }

    /// <summary>The entries of the index, named or not.</summary>
    public IReadOnlyList<Descriptor> Manifests => ReadIndex().Manifests;

    /// <summary>The manifest of this name; null when there is none.</summary>
    public Descriptor? TryResolve(string name) => Manifests.LastOrDefault(m => NameOf(m) == name);

    /// <summary>The name of an index entry; null when it has none.</summary>
    public static string? NameOf(Descriptor manifest) => manifest.Annotations.GetValueOrDefault(ReferenceAnnotation);

    public bool BlobExists(Digest digest) => File.Exists(PathOf(digest));

    /// <summary>Opens a blob; size and digest are checked while it is read, as with <see cref="RepositoryClient.FetchBlobAsync"/>.</summary>
    /// <exception cref="FileNotFoundException">The layout does not hold it.</exception>
    public Stream OpenBlob(Descriptor descriptor)
    {
        var file = new FileStream(PathOf(descriptor.Digest), new FileStreamOptions
        {
            Mode = FileMode.Open,
            Access = FileAccess.Read,
            Share = FileShare.Read | FileShare.Delete,
            BufferSize = 0,
            Options = FileOptions.SequentialScan,
        });
        return new VerifyingStream(file, descriptor);
    }

    /// <summary>A small blob as a whole.</summary>
    public byte[] ReadBlob(Descriptor descriptor, int maximum = OciLimits.MaximumConfigBytes)
    {
        if (descriptor.Size > maximum)
        {
            throw new OciContentException(
                OciContentProblem.TooLarge, $"the blob {descriptor} has more than {maximum} bytes, which is the most that is read here.");
        }

        using var stream = OpenBlob(descriptor);
        var content = new byte[descriptor.Size];
        stream.ReadExactly(content);
        stream.ReadByte(); // Also an empty blob, or one that goes on, is checked.
        return content;
    }

    public FetchedManifest ReadManifest(Descriptor descriptor) =>
        new(descriptor, ReadBlob(descriptor, OciLimits.MaximumManifestBytes));

    internal string PathOf(Digest digest) => Path.Combine(Directory, "blobs", digest.Algorithm, digest.Hex);

    internal ImageIndex ReadIndex() =>
        ImageIndex.Parse(Read(Path.Combine(Directory, IndexFile), OciLimits.MaximumManifestBytes));

    internal static byte[] VersionDocument() => Encoding.UTF8.GetBytes($$"""{"imageLayoutVersion":"{{Version}}"}""");

    private static byte[] Read(string path, int maximum)
    {
        using var file = File.OpenRead(path);
        if (file.Length > maximum)
        {
            throw new OciContentException(OciContentProblem.TooLarge, $"{path} has {file.Length} bytes; at most {maximum} are read.");
        }

        var content = new byte[file.Length];
        file.ReadExactly(content);
        return content;
    }
}
