using System.Formats.Tar;
using System.IO.Compression;

namespace Klever.Functions.Tests.Models;

/// <summary>Archives that are not zips.</summary>
internal static class Archives
{
    public static byte[] Tar(params (string Path, byte[] Content)[] files)
    {
        using var target = new MemoryStream();
        using (var tar = new TarWriter(target, leaveOpen: true))
        {
            foreach (var (path, content) in files)
            {
                tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, path) { DataStream = new MemoryStream(content) });
            }
        }

        return target.ToArray();
    }

    public static byte[] TarWithLink(TarEntryType type, byte[] model)
    {
        using var target = new MemoryStream();
        using (var tar = new TarWriter(target, leaveOpen: true))
        {
            tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, "model/net.onnx") { DataStream = new MemoryStream(model) });
            tar.WriteEntry(new UstarTarEntry(type, "model/other.onnx") { LinkName = "/etc/passwd" });
        }

        return target.ToArray();
    }

    public static byte[] Gzip(byte[] content)
    {
        using var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionLevel.Fastest))
        {
            gzip.Write(content);
        }

        return target.ToArray();
    }
}
