using Klever.Models;

namespace Klever.Registry;

/// <summary>Blobs, manifests and tags as files: blobs once for all repositories, with a mark in each that may show them.</summary>
internal sealed class RegistryStore(string root)
{
    public string UploadPath(string id) => PathOf("uploads", id);

    public string BlobPath(Digest digest) => PathOf("blobs", digest.Algorithm, digest.Hex);

    public bool HasBlob(string name, Digest digest) => File.Exists(Mark(name, "_blobs", digest)) && File.Exists(BlobPath(digest));

    public void UnlinkBlob(string name, Digest digest) => File.Delete(Mark(name, "_blobs", digest));

    public void LinkBlob(string name, Digest digest) => Write(Mark(name, "_blobs", digest), "");

    /// <summary>Makes a finished upload a blob of the repository.</summary>
    public void Keep(string uploadId, string name, Digest digest)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(BlobPath(digest))!);
        File.Move(UploadPath(uploadId), BlobPath(digest), overwrite: true);
        LinkBlob(name, digest);
    }

    public void PutManifest(string name, Digest digest, string mediaType, byte[] content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(BlobPath(digest))!);
        File.WriteAllBytes(BlobPath(digest), content);
        Write(Mark(name, "_manifests", digest), mediaType);
    }

    public void PutTag(string name, string tag, Digest digest) => Write(PathOf("repositories", name, "_tags", tag), digest.ToString());

    /// <summary>The digest that a tag or digest names in the repository, and its media type.</summary>
    public (Digest Digest, string MediaType)? Manifest(string name, string reference)
    {
        var tag = PathOf("repositories", name, "_tags", reference);
        var text = File.Exists(tag) ? File.ReadAllText(tag) : reference;
        return Digest.TryParse(text, out var digest) && File.Exists(Mark(name, "_manifests", digest))
            ? (digest, File.ReadAllText(Mark(name, "_manifests", digest)))
            : null;
    }

    public void DeleteManifest(string name, Digest digest)
    {
        File.Delete(Mark(name, "_manifests", digest));
        foreach (var tag in Tags(name).Where(t => File.ReadAllText(PathOf("repositories", name, "_tags", t)) == digest.ToString()))
        {
            File.Delete(PathOf("repositories", name, "_tags", tag));
        }
    }

    public IReadOnlyList<string> Tags(string name) => Names(PathOf("repositories", name, "_tags"));

    public bool HasRepository(string name) => Directory.Exists(PathOf("repositories", name, "_manifests"));

    public IReadOnlyList<Digest> Manifests(string name) =>
        [.. Names(PathOf("repositories", name, "_manifests")).Select(n => Digest.Parse(n.Replace('-', ':')))];

    public IReadOnlyList<string> Repositories()
    {
        var top = PathOf("repositories");
        return !Directory.Exists(top)
            ? []
            : [.. Directory.EnumerateDirectories(top, "_manifests", SearchOption.AllDirectories)
                .Select(d => Path.GetRelativePath(top, Path.GetDirectoryName(d)!).Replace('\\', '/'))
                .Order(StringComparer.Ordinal)];
    }

    private static string[] Names(string directory) => !Directory.Exists(directory)
        ? []
        : [.. Directory.EnumerateFiles(directory).Select(f => Path.GetFileName(f)).Where(n => n[0] != '.').Order(StringComparer.Ordinal)];

    private string Mark(string name, string kind, Digest digest) =>
        PathOf("repositories", name, kind, $"{digest.Algorithm}-{digest.Hex}");

    private string PathOf(params string[] segments) => Path.Combine([root, .. segments]);

    private static void Write(string path, string content)
    {
        var directory = Directory.CreateDirectory(Path.GetDirectoryName(path)!).FullName;
        var temporary = Path.Combine(directory, $".{Guid.NewGuid():N}");
        File.WriteAllText(temporary, content);
        File.Move(temporary, path, overwrite: true);
    }
}
