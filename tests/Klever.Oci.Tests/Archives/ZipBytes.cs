using System.IO.Compression;
using System.Text;

namespace Klever.Oci.Tests.Archives;

/// <summary>Zips as other programs write them, and what is done to them.</summary>
internal static class ZipBytes
{
    private static readonly byte[] CentralSignature = [(byte)'P', (byte)'K', 1, 2];

    public static byte[] Of(params (string Name, byte[] Content)[] entries) => Of(CompressionLevel.Fastest, entries);

    public static byte[] Of(CompressionLevel level, params (string Name, byte[] Content)[] entries)
    {
        var target = new MemoryStream();
        using (var zip = new ZipArchive(target, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in entries)
            {
                using var entry = zip.CreateEntry(name, level).Open();
                entry.Write(content);
            }
        }

        return target.ToArray();
    }

    public static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);

    /// <summary>Changes bytes of the record of the directory that has this number.</summary>
    public static byte[] WithCentral(this byte[] zip, int number, int offset, params byte[] bytes)
    {
        var at = -1;
        for (var i = 0; i <= number; i++)
        {
            at += 1 + zip.AsSpan(at + 1).IndexOf(CentralSignature);
        }

        return zip.With(at + offset, bytes);
    }

    public static byte[] With(this byte[] zip, int offset, params byte[] bytes)
    {
        var changed = (byte[])zip.Clone();
        bytes.CopyTo(changed, offset < 0 ? changed.Length + offset : offset);
        return changed;
    }
}
