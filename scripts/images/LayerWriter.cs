using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using Klever.Models;
using Klever.Oci.Layout;

namespace Klever.Images;

/// <summary>Packs files into a layer (OCI image specification, layer.md): sorted, owned by root, without times, so that equal files
/// give an equal digest.</summary>
internal static class LayerWriter
{
    public const string MediaType = "application/vnd.oci.image.layer.v1.tar+gzip";

    private const UnixFileMode Readable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode Executable = Readable | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
    private const UnixFileMode SharedByAll = Executable | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite | UnixFileMode.StickyBit;

    public static ImageLayer Write(OciLayoutWriter layout, IEnumerable<ImageFile> files)
    {
        var sorted = files.OrderBy(file => file.Path, StringComparer.Ordinal).ToList();
        using var blob = layout.CreateBlob();
        using var hash = SHA256.Create();
        using (var gzip = new GZipStream(blob, CompressionLevel.SmallestSize, leaveOpen: true))
        using (var hashed = new CryptoStream(gzip, hash, CryptoStreamMode.Write, leaveOpen: true))
        using (var tar = new TarWriter(hashed, TarEntryFormat.Ustar, leaveOpen: true))
        {
            foreach (var directory in Parents(sorted).Order(StringComparer.Ordinal))
            {
                WriteDirectory(tar, directory, Executable);
            }

            foreach (var file in sorted)
            {
                Write(tar, file);
            }
        }

        return new ImageLayer(blob.Complete(MediaType), Digest.Parse($"sha256:{Convert.ToHexStringLower(hash.Hash!)}"));
    }

    private static void Write(TarWriter tar, ImageFile file)
    {
        if (file.IsSharedDirectory)
        {
            WriteDirectory(tar, file.Path, SharedByAll);
            return;
        }

        using var content = file.Open();
        tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, file.Path.TrimStart('/'))
        {
            Mode = file.IsExecutable ? Executable : Readable,
            ModificationTime = DateTimeOffset.UnixEpoch,
            DataStream = content,
        });
    }

    private static void WriteDirectory(TarWriter tar, string path, UnixFileMode mode) =>
        tar.WriteEntry(new UstarTarEntry(TarEntryType.Directory, path.TrimStart('/') + "/") { Mode = mode, ModificationTime = DateTimeOffset.UnixEpoch });

    private static HashSet<string> Parents(IEnumerable<ImageFile> files)
    {
        var parents = new HashSet<string>();
        foreach (var file in files)
        {
            for (var parent = Path.GetDirectoryName(file.Path); parent is not (null or "/"); parent = Path.GetDirectoryName(parent))
            {
                parents.Add(parent);
            }
        }

        return parents;
    }
}
