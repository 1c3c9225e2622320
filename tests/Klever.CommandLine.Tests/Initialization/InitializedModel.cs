using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using Klever.Models;
using Klever.Oci;
using Klever.Oci.Ormb;

namespace Klever.CommandLine.Tests.Initialization;

/// <summary>Artifacts for init containers, of incomplete models too, and what the containers make of them.</summary>
internal static class InitializedModel
{
    private const string Marker = ".klever.json";
    private const string Lock = ".klever.lock";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <param name="files">Path below <c>model/</c>, and content.</param>
    /// <returns>The digest of the manifest.</returns>
    public static async Task<Digest> PushAsync(
        RepositoryClient repository, string tag, string ormbfile, params (string Path, byte[] Content)[] files)
    {
        var config = await repository.PushBlobAsync(OrmbFile.FromYaml(ormbfile).ToJson(), OrmbFile.MediaType, Stop);
        var layer = await repository.PushBlobAsync(Pack(files), ModelLayer.MediaType, Stop);
        var manifest = ImageManifest.Create(config, [layer]).ToJson();
        return (await repository.PushManifestAsync(tag, manifest, MediaTypes.ImageManifest, Stop)).Digest;
    }

    public static (string Path, byte[] Content)[] FilesOf(string directory) =>
        [.. AllFiles(directory).Select(f => (f, File.ReadAllBytes(Path.Combine(directory, f))))];

    /// <summary>Path and content (as Latin-1) of all files, without those that klever keeps for itself.</summary>
    public static SortedDictionary<string, string> Tree(string directory)
    {
        var tree = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in AllFiles(directory).Where(f => Path.GetFileName(f) is not (Marker or Lock)))
        {
            tree[file] = File.ReadAllText(Path.Combine(directory, file), Encoding.Latin1);
        }

        return tree;
    }

    private static IEnumerable<string> AllFiles(string directory) =>
        Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(directory, f));

    private static byte[] Pack((string Path, byte[] Content)[] files)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        using (var archive = new TarWriter(gzip, TarEntryFormat.Ustar))
        {
            foreach (var (path, content) in files)
            {
                var entry = new UstarTarEntry(TarEntryType.RegularFile, "model/" + path)
                {
                    DataStream = new MemoryStream(content),
                };
                archive.WriteEntry(entry);
            }
        }

        return packed.ToArray();
    }
}
