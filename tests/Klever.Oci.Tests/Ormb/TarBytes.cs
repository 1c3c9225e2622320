using System.IO.Compression;
using System.Text;

namespace Klever.Oci.Tests.Ormb;

/// <summary>Archives written byte by byte, honest or not.</summary>
internal sealed class TarBytes
{
    private readonly List<byte> _bytes = [];

    public static TarBytes Empty => new();

    /// <summary>An archive of one honest file, for what is put around it.</summary>
    public static TarBytes Simple => Empty.File("model/net.onnx", "weights");

    public TarBytes File(string name, string content) => Entry('0', name, Encoding.UTF8.GetBytes(content));

    public TarBytes Entry(char type, string name, byte[]? content = null, string? size = null, string magic = "ustar\0", byte[]? nameBytes = null)
    {
        content ??= [];
        var block = new byte[512];
        (nameBytes ?? Encoding.UTF8.GetBytes(name)).CopyTo(block, 0);
        Put(block, 100, "0000644\0");
        Put(block, 108, "0000000\0");
        Put(block, 116, "0000000\0");
        Put(block, 124, size ?? Convert.ToString(content.Length, toBase: 8).PadLeft(11, '0') + "\0");
        Put(block, 136, "00000000000\0");
        block[156] = (byte)type;
        Put(block, 257, magic + "00");
        Put(block, 148, "        ");
        Put(block, 148, Convert.ToString(block.Sum(b => b), toBase: 8).PadLeft(6, '0') + "\0 ");
        return Raw(block).Raw(content).Raw(new byte[(512 - (content.Length % 512)) % 512]);
    }

    public TarBytes Pax(params (string Key, string Value)[] records) => Entry('x', "pax", Records(records));

    public TarBytes GlobalPax(params (string Key, string Value)[] records) => Entry('g', "pax", Records(records));

    public TarBytes Raw(byte[] bytes)
    {
        _bytes.AddRange(bytes);
        return this;
    }

    /// <summary>The archive with its two zero blocks.</summary>
    public byte[] ToArray() => [.. _bytes, .. new byte[1024]];

    public byte[] ToArrayWithoutEnd() => [.. _bytes];

    public byte[] Gzip() => Gzip(ToArray());

    public static byte[] Gzip(byte[] content)
    {
        using var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionLevel.Fastest))
        {
            gzip.Write(content);
        }

        return target.ToArray();
    }

    private static byte[] Records((string Key, string Value)[] records)
    {
        var text = new StringBuilder();
        foreach (var (key, value) in records)
        {
            var rest = Encoding.UTF8.GetByteCount($" {key}={value}\n");
            var length = Enumerable.Range(rest, 10).First(l => l == rest + l.ToString().Length);
            text.Append($"{length} {key}={value}\n");
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static void Put(byte[] block, int offset, string text) => Encoding.Latin1.GetBytes(text).CopyTo(block, offset);
}
