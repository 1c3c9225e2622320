using System.IO.Compression;
using System.Text;
using Klever.Models;
using Klever.Samples;
using Klever.Testing;

namespace Klever.CommandLine.Tests;

/// <summary>The sample of a format with a gigabyte in it, at the place where such a model has its weights. The filler shrinks to a
/// sixteenth, so that packing it is quick.</summary>
internal static class LargeModels
{
    public const long Length = 1L << 30;
    private const int BlockSize = 64 * 1024;

    // A bytes field with number 1000, which no format uses: what a reader passes over is the same whatever its number.
    private static readonly byte[] UnknownField = [0xC2, 0x3E, 0x80, 0x80, 0x80, 0x80, 0x04];

    public static void Write(ModelFormat format, TemporaryDirectory directory)
    {
        SampleModels.Write(format, directory.Path);
        switch (format.Name)
        {
            case "TorchScript":
                AddStoredEntry(Find(directory, "*.pt"));
                break;
            case "MXNetParams":
                WriteParams(Find(directory, "*.params"));
                break;
            case "PMML":
                AddExtensions(Find(directory, "*.pmml"));
                break;
            case "H5":
                Append(Find(directory, "*.h5"), head: []);
                break;
            default:
                Append(Find(directory, format == ModelFormat.CaffeModel ? "*.caffemodel"
                    : format == ModelFormat.NetDef ? "init_net.pb" : "*"), UnknownField);
                break;
        }
    }

    private static string Find(TemporaryDirectory directory, string pattern) =>
        Directory.EnumerateFiles(directory.Combine("model"), pattern).Single();

    private static void Append(string path, byte[] head)
    {
        using var file = new FileStream(path, FileMode.Append);
        file.Write(head);
        Fill(file);
    }

    private static void AddStoredEntry(string path)
    {
        using var archive = ZipFile.Open(path, ZipArchiveMode.Read);
        var root = archive.Entries[0].FullName.Split('/')[0];
        var copy = path + ".new";
        using (var target = ZipFile.Open(copy, ZipArchiveMode.Create))
        {
            foreach (var entry in archive.Entries)
            {
                using var from = entry.Open();
                using var to = target.CreateEntry(entry.FullName, CompressionLevel.NoCompression).Open();
                from.CopyTo(to);
            }

            using var weights = target.CreateEntry($"{root}/data/99", CompressionLevel.NoCompression).Open();
            Fill(weights);
        }

        archive.Dispose();
        File.Move(copy, path, overwrite: true);
    }

    // One dense float32 array of version V2 (MXNet, NDArray::Save), then its name.
    private static void WriteParams(string path)
    {
        using var file = new FileStream(path, FileMode.Create);
        using var writer = new BinaryWriter(file);
        Array.ForEach([0x112L, 0L, 1L], writer.Write);
        writer.Write(0xF993FAC9u);
        Array.ForEach([0, 1], writer.Write);
        writer.Write(Length / sizeof(float));
        Array.ForEach([1, 0, 0], writer.Write);
        writer.Flush();
        Fill(file);
        var name = Encoding.UTF8.GetBytes("arg:large_weight");
        Array.ForEach([1L, name.Length], writer.Write);
        writer.Write(name);
    }

    private static void AddExtensions(string path)
    {
        var document = File.ReadAllText(path);
        var place = document.IndexOf("<DataDictionary", StringComparison.Ordinal);
        using var writer = new StreamWriter(path);
        writer.Write(document.AsSpan(0, place));
        var random = new Random(1);
        var filler = new string('x', BlockSize);
        for (long written = 0; written < Length; written += BlockSize)
        {
            writer.Write($"<Extension name=\"{random.NextInt64()}\">");
            writer.Write(Convert.ToHexString(RandomBytes(random, BlockSize / 32)));
            writer.Write(filler);
            writer.Write("</Extension>");
        }

        writer.Write(document.AsSpan(place));
    }

    private static void Fill(Stream target)
    {
        var block = new byte[BlockSize];
        var random = new Random(1);
        for (long written = 0; written < Length; written += BlockSize)
        {
            random.NextBytes(block.AsSpan(0, BlockSize / 16));
            target.Write(block);
        }
    }

    private static byte[] RandomBytes(Random random, int count)
    {
        var bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }
}
