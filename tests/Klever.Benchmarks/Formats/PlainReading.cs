using System.IO.Compression;
using System.Text.Json;
using System.Xml;

namespace Klever.Benchmarks.Formats;

/// <summary>What any program has to do to see the content of a model's files: read every byte, and for XML, JSON and zip let the
/// parser of the platform go over the structure. It draws no conclusions.</summary>
internal static class PlainReading
{
    private const int BufferLength = 128 * 1024;

    public static long Read(string directory)
    {
        var seen = 0L;
        foreach (var path in Directory.EnumerateFiles(Path.Combine(directory, "model"), "*", SearchOption.AllDirectories))
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1);
            seen += Path.GetExtension(path) switch
            {
                ".pmml" => ReadXml(file),
                ".json" => ReadJson(file),
                ".pt" => ReadZip(file),
                _ => ReadBytes(file),
            };
        }

        return seen;
    }

    private static long ReadBytes(Stream stream)
    {
        var buffer = new byte[BufferLength];
        var seen = 0L;
        for (var read = stream.Read(buffer); read > 0; read = stream.Read(buffer))
        {
            seen += read;
        }

        return seen;
    }

    private static long ReadXml(Stream stream)
    {
        using var xml = XmlReader.Create(stream);
        var seen = 0L;
        while (xml.Read())
        {
            seen++;
        }

        return seen;
    }

    private static long ReadJson(Stream stream)
    {
        using var json = JsonDocument.Parse(stream);
        return json.RootElement.GetRawText().Length;
    }

    /// <summary>The entries of a TorchScript archive that are not weights.</summary>
    private static long ReadZip(Stream stream)
    {
        using var zip = new ZipArchive(stream, ZipArchiveMode.Read);
        var seen = 0L;
        foreach (var entry in zip.Entries.Where(entry => entry.Name.EndsWith(".py", StringComparison.Ordinal) || entry.Name == "data.pkl"))
        {
            using var content = entry.Open();
            seen += ReadBytes(content);
        }

        return seen;
    }
}
