using Klever.Models;

namespace Klever.Oci.Layout;

/// <summary>Writes an OCI image layout. Every file appears whole or not at all, and several processes may write at once.</summary>
public sealed class OciLayoutWriter
{
    private static readonly TimeSpan LockPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LockTimeout = TimeSpan.FromSeconds(10);

    private OciLayoutWriter(OciLayout layout) => Layout = layout;

    public OciLayout Layout { get; }

    /// <summary>Opens the layout in a directory, or begins one there.</summary>
    public static OciLayoutWriter Create(string directory)
    {
        Directory.CreateDirectory(Path.Combine(directory, "blobs", "sha256"));
        WriteUnlessThere(Path.Combine(directory, OciLayout.IndexFile), ImageIndex.Create([]).ToJson());
        WriteUnlessThere(Path.Combine(directory, OciLayout.VersionFile), OciLayout.VersionDocument());
        return new OciLayoutWriter(OciLayout.Open(directory));
    }

    /// <summary>Begins a blob whose digest shows at its end.</summary>
    public OciLayoutBlob CreateBlob() => new(Layout);

    public Descriptor WriteBlob(ReadOnlySpan<byte> content, string mediaType)
    {
        using var blob = CreateBlob();
        blob.Write(content);
        return blob.Complete(mediaType);
    }

    /// <summary>Writes a blob that is known, unless it is there, and closes <paramref name="content"/>.</summary>
    /// <exception cref="OciContentException">The content is not what the descriptor says; nothing was written.</exception>
    public async Task WriteBlobAsync(Descriptor descriptor, Stream content, CancellationToken cancellationToken = default)
    {
        await using var verified = new VerifyingStream(content, descriptor);
        if (Layout.BlobExists(descriptor.Digest))
        {
            return;
        }

        await using var blob = CreateBlob();
        await verified.CopyToAsync(blob, OciLimits.TransferBufferBytes, cancellationToken);
        blob.CompleteAs(descriptor.Digest);
    }

    /// <summary>Gives a manifest a name; the manifest that had it keeps its place without one only if another entry names it.</summary>
    public Task SetReferenceAsync(string name, Descriptor manifest, CancellationToken cancellationToken = default) =>
        ChangeIndexAsync(
            manifests => [
                .. manifests.Where(m => OciLayout.NameOf(m) != name),
                manifest.WithAnnotations(new Dictionary<string, string>(manifest.Annotations) { [OciLayout.ReferenceAnnotation] = name })],
            cancellationToken);

    /// <summary>Takes a name away. False when no manifest had it.</summary>
    public async Task<bool> RemoveReferenceAsync(string name, CancellationToken cancellationToken = default)
    {
        var found = false;
        await ChangeIndexAsync(
            manifests =>
            {
                found = manifests.Any(m => OciLayout.NameOf(m) == name);
                return manifests.Where(m => OciLayout.NameOf(m) != name);
            },
            cancellationToken);
        return found;
    }

    /// <summary>Deletes the blobs that no manifest of the index leads to, and gives the bytes freed. Not while others write.</summary>
    public async Task<long> DeleteUnreferencedBlobsAsync(CancellationToken cancellationToken = default)
    {
        using var held = await LockAsync(cancellationToken);
        var used = new HashSet<Digest>();
        var waiting = new Stack<Descriptor>(Layout.Manifests);
        while (waiting.TryPop(out var descriptor))
        {
            var isDocument = MediaTypes.IsManifest(descriptor.MediaType) || MediaTypes.IsIndex(descriptor.MediaType);
            if (used.Add(descriptor.Digest) && isDocument && Layout.BlobExists(descriptor.Digest))
            {
                var document = Layout.ReadManifest(descriptor);
                foreach (var child in document.Index?.Manifests ?? [document.Manifest!.Config, .. document.Manifest.Layers])
                {
                    waiting.Push(child);
                }
            }
        }

        return Directory.EnumerateFiles(Path.Combine(Layout.Directory, "blobs"), "*", SearchOption.AllDirectories)
            .Select(path => new FileInfo(path))
            .Where(file => Digest.TryParse($"{file.Directory!.Name}:{file.Name}", out var digest) && !used.Contains(digest))
            .ToList()
            .Sum(Delete);
    }

    private static long Delete(FileInfo file)
    {
        var length = file.Length;
        file.Delete();
        return length;
    }

    private async Task ChangeIndexAsync(
        Func<IReadOnlyList<Descriptor>, IEnumerable<Descriptor>> change, CancellationToken cancellationToken)
    {
        using var held = await LockAsync(cancellationToken);
        var index = Layout.ReadIndex();
        var content = index.WithManifests(change(index.Manifests)).ToJson();
        var path = Path.Combine(Layout.Directory, OciLayout.IndexFile);
        var temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        await File.WriteAllBytesAsync(temporary, content, cancellationToken);
        File.Move(temporary, path, overwrite: true);
    }

    private async Task<FileStream> LockAsync(CancellationToken cancellationToken)
    {
        var path = Path.Combine(Layout.Directory, OciLayout.IndexFile + ".lock");
        var deadline = Environment.TickCount64 + (long)LockTimeout.TotalMilliseconds;
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (Environment.TickCount64 < deadline)
            {
                await Task.Delay(LockPause, cancellationToken);
            }
        }
    }

    private static void WriteUnlessThere(string path, byte[] content)
    {
        if (File.Exists(path))
        {
            return;
        }

        var temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        File.WriteAllBytes(temporary, content);
        try
        {
            File.Move(temporary, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(temporary); // Another process was first.
        }
    }
}
