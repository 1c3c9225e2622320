using System.Formats.Tar;
using System.IO.Compression;
using Klever.Models;
using Klever.Oci.Ormb;
using Klever.Testing;

namespace Klever.Oci.Tests.Ormb;

public sealed class ModelLayerWriterTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Write_OfEqualFiles_HasTheSameDigest()
    {
        var first = Digest.Of(Pack(Fill("first", new DateTime(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc), reverse: false)));
        var second = Digest.Of(Pack(Fill("second", new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc), reverse: true)));

        Assert.Equal(first, second);
    }

    [Fact]
    public void Write_ThenTar_ShowsSortedFilesWithoutTimesAndOwners()
    {
        using var gzip = new GZipStream(new MemoryStream(Pack(Fill("a", DateTime.UtcNow, reverse: false))), CompressionMode.Decompress);
        using var tar = new TarReader(gzip);

        var entries = new List<string>();
        while (tar.GetNextEntry() is { } entry)
        {
            entries.Add($"{entry.EntryType} {entry.Name} {entry.Length} {(int)entry.Mode} {entry.Uid}:{entry.Gid} {entry.ModificationTime:O}");
        }

        Assert.Equal(
            [
                $"RegularFile model/a.onnx 5 {Convert.ToInt32("644", 8)} 0:0 1970-01-01T00:00:00.0000000+00:00",
                $"RegularFile model/b/größe.bin 3 {Convert.ToInt32("644", 8)} 0:0 1970-01-01T00:00:00.0000000+00:00",
                $"RegularFile model/b/{new string('l', 120)} 0 {Convert.ToInt32("644", 8)} 0:0 1970-01-01T00:00:00.0000000+00:00",
            ],
            entries);
    }

    [Fact]
    public async Task Write_ThenExtract_GivesTheSameBytes()
    {
        var source = Fill("source", DateTime.UtcNow, reverse: false);
        File.WriteAllBytes(Path.Combine(source, "model", "b", "large.bin"), RandomBytes(3_000_001));

        await ModelLayer.ExtractToAsync(
            new MemoryStream(Pack(source)), ModelLayer.MediaType, _directory.Combine("target"),
            cancellationToken: TestContext.Current.CancellationToken);

        var expected = Directory.GetFiles(Path.Combine(source, "model"), "*", SearchOption.AllDirectories);
        Assert.Equal(4, expected.Length);
        Assert.All(expected, file => Assert.Equal(
            File.ReadAllBytes(file), File.ReadAllBytes(file.Replace("source", "target", StringComparison.Ordinal))));
    }

    [Fact]
    public void Write_OfFileThatGrew_Fails()
    {
        var model = ModelDirectory.Open(Fill("a", DateTime.UtcNow, reverse: false));
        _directory.Write("a/model/a.onnx", "longer than before");

        var exception = Assert.Throws<ModelDirectoryException>(
            () => ModelLayerWriter.Write(model, Stream.Null, cancellationToken: TestContext.Current.CancellationToken));

        Assert.Equal($"{_directory.Combine("a", "model", "a.onnx")} changed while it was packed: it had 5 bytes before.", exception.Message);
    }

    [Fact]
    public void Write_HasAGzipHeaderWithoutTimeAndName()
    {
        var layer = Pack(Fill("a", DateTime.UtcNow, reverse: false));

        Assert.Equal([0x1f, 0x8b, 8, 0, 0, 0, 0, 0], layer[..8]);
    }

    private static byte[] Pack(string directory)
    {
        using var target = new MemoryStream();
        ModelLayerWriter.Write(ModelDirectory.Open(directory), target);
        return target.ToArray();
    }

    private static byte[] RandomBytes(int count)
    {
        var bytes = new byte[count];
        new Random(7).NextBytes(bytes);
        return bytes;
    }

    private string Fill(string name, DateTime time, bool reverse)
    {
        (string Path, string Content)[] files = [("a.onnx", "onnx!"), ("b/größe.bin", "big"), ($"b/{new string('l', 120)}", "")];
        foreach (var (path, content) in reverse ? files.Reverse() : files)
        {
            File.SetLastWriteTimeUtc(_directory.Write($"{name}/model/{path}", content), time);
        }

        return _directory.Combine(name);
    }
}
