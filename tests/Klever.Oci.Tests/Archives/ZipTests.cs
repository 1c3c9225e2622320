using System.IO.Compression;
using Klever.Oci.Ormb;
using Klever.Oci.Ormb.Archives;
using Klever.Oci.Ormb.Zip;

namespace Klever.Oci.Tests.Archives;

/// <summary>Zips of others are read, and ours are read by others; everything dangerous or contradictory is refused.</summary>
public class ZipTests
{
    private static readonly byte[] Hello = ZipBytes.Text("hello, hello, hello, hello");

    public static TheoryData<string, byte[], ModelLayerProblem, string> Hostile => new()
    {
        { "zip slip", ZipBytes.Of(("../evil", Hello)), ModelLayerProblem.UnsafePath, "\"..\"" },
        { "inner slip", ZipBytes.Of(("model/../../evil", Hello)), ModelLayerProblem.UnsafePath, "\"..\"" },
        { "absolute", ZipBytes.Of(("/etc/passwd", Hello)), ModelLayerProblem.UnsafePath, "absolute" },
        { "drive", ZipBytes.Of(("C:/evil", Hello)), ModelLayerProblem.UnsafePath, "drive letter" },
        { "backslash", ZipBytes.Of((@"a\..\evil", Hello)), ModelLayerProblem.UnsafePath, "backslash" },
        { "control", ZipBytes.Of(("a\nb", Hello)), ModelLayerProblem.UnsafePath, "control character" },
        { "twice", ZipBytes.Of(("a", Hello), ("a", Hello)), ModelLayerProblem.Duplicate, "twice" },
        { "file and folder", ZipBytes.Of(("a", Hello), ("a/b", Hello)), ModelLayerProblem.Duplicate, "directory" },
        { "link", ZipBytes.Of(("a", Hello)).WithCentral(0, 38, 0, 0, 0xff, 0xa1), ModelLayerProblem.Link, "symbolic link" },
        { "fifo", ZipBytes.Of(("a", Hello)).WithCentral(0, 38, 0, 0, 0, 0x10), ModelLayerProblem.SpecialEntry, "special file" },
        { "encrypted", ZipBytes.Of(("a", Hello)).WithCentral(0, 8, 1), ModelLayerProblem.NotSupported, "encrypted" },
        { "method", ZipBytes.Of(("a", Hello)).WithCentral(0, 10, 93), ModelLayerProblem.NotSupported, "method 93" },
        { "no directory", ZipBytes.Of(("a", Hello))[..^5], ModelLayerProblem.Truncated, "no zip directory" },
        { "something after", [.. ZipBytes.Of(("a", Hello)), 0], ModelLayerProblem.Truncated, "no zip directory" },
        { "fewer entries than counted", ZipBytes.Of(("a", Hello)).With(-12, 2, 0), ModelLayerProblem.Damaged, "as many entries" },
        { "more entries than counted", ZipBytes.Of(("a", Hello), ("b", Hello)).With(-12, 1, 0), ModelLayerProblem.Damaged, "more than the entries" },
        { "same bytes twice", ZipBytes.Of(("a", Hello), ("b", Hello)).WithCentral(1, 42, 0, 0, 0, 0), ModelLayerProblem.Damaged, "overlap" },
        { "entry over the directory", ZipBytes.Of(("a", Hello)).WithCentral(0, 20, 0xff, 0xff), ModelLayerProblem.Damaged, "overlap" },
        { "a bomb by declaration", ZipBytes.Of(("a", Hello)).WithCentral(0, 24, 0xff, 0xff, 0xff, 0x7f), ModelLayerProblem.LimitExceeded, "unpacks to more" },
        { "missing zip64 size", ZipBytes.Of(("a", Hello)).WithCentral(0, 24, 0xff, 0xff, 0xff, 0xff), ModelLayerProblem.Damaged, "zip64" },
    };

    public static TheoryData<string, byte[], ModelLayerProblem, string> Lying => new()
    {
        { "longer than declared", ZipBytes.Of(("a", Hello)).WithCentral(0, 24, 5, 0).With(22, 5, 0), ModelLayerProblem.Damaged, "goes on after the 5 bytes" },
        { "shorter than declared", ZipBytes.Of(("a", Hello)).WithCentral(0, 24, 99, 0).With(22, 99, 0), ModelLayerProblem.Truncated, "ends 73 bytes before" },
        { "checksum", ZipBytes.Of(("a", Hello)).WithCentral(0, 16, 1, 2).With(14, 1, 2), ModelLayerProblem.Damaged, "checksum" },
        { "header and directory differ", ZipBytes.Of(("a", Hello)).With(22, 5, 0), ModelLayerProblem.Damaged, "described differently" },
        { "two names", ZipBytes.Of(("a", Hello)).With(30, (byte)'b'), ModelLayerProblem.Damaged, "described differently" },
        { "no header there", ZipBytes.Of(("a", Hello)).With(0, 0), ModelLayerProblem.Damaged, "not where the directory says" },
        { "broken deflate", ZipBytes.Of(("a", Hello)).With(31, 0xff, 0xff, 0xff), ModelLayerProblem.Damaged, "deflate" },
        { "lying descriptor", Streamed(Hello).With(Streamed(Hello).AsSpan().IndexOf("PK\x07\x08"u8) + 12, 9), ModelLayerProblem.Damaged, "data descriptor" },
    };

    [Theory]
    [MemberData(nameof(Hostile))]
    public void List_OfAHostileZip_IsRefused(string name, byte[] zip, ModelLayerProblem problem, string text)
    {
        var exception = Assert.Throws<ArchiveException>(() => List(zip));

        Assert.True(exception.Problem == problem, $"{name}: {exception.Message}");
        Assert.Contains(text, exception.Message);
    }

    [Theory]
    [MemberData(nameof(Lying))]
    public void Read_OfALyingEntry_IsRefusedBeforeItsLastByte(string name, byte[] zip, ModelLayerProblem problem, string text)
    {
        var entry = Assert.Single(List(zip));

        var exception = Assert.Throws<ArchiveException>(() => Read(entry));

        Assert.True(exception.Problem == problem, $"{name}: {exception.Message}");
        Assert.Contains(text, exception.Message);
    }

    [Theory]
    [InlineData(CompressionLevel.NoCompression)]
    [InlineData(CompressionLevel.Fastest)]
    [InlineData(CompressionLevel.SmallestSize)]
    public void Read_OfAnOrdinaryZip_GivesItsFiles(CompressionLevel level)
    {
        var large = new byte[3_000_001];
        new Random(1).NextBytes(large.AsSpan(0, 1_000_000));
        var zip = ZipBytes.Of(level, ("größe/b.bin", large), ("folder/", []), ("a.txt", Hello), ("empty", []));

        var entries = List(zip);

        Assert.Equal(["größe/b.bin", "a.txt", "empty"], entries.Select(entry => entry.Path));
        Assert.Equal(large, Read(entries[0]));
        Assert.Equal(Hello, Read(entries[1]));
        Assert.Equal(Hello, Read(entries[1]));
    }

    [Fact]
    public void Write_ThenRead_ByBothReaders_GivesTheSameBytes()
    {
        var random = new byte[2_500_000];
        new Random(2).NextBytes(random);
        var zip = Write(("model/weights.bin", random), ("model/zeros.bin", new byte[1_500_000]), ("ormbfile.yaml", Hello));

        Assert.Equal(random, Read(List(zip)[0]));
        using var theirs = new ZipArchive(new MemoryStream(zip));
        Assert.Equal(["model/weights.bin", "model/zeros.bin", "ormbfile.yaml"], theirs.Entries.Select(entry => entry.FullName));
        foreach (var (entry, expected) in theirs.Entries.Zip([random, new byte[1_500_000], Hello]))
        {
            using var content = entry.Open();
            var copy = new MemoryStream();
            content.CopyTo(copy);
            Assert.Equal(expected, copy.ToArray());
        }
    }

    [Fact]
    public void List_OfAMillionEntries_IsRefusedWithoutReadingThem()
    {
        var record = new byte[46];
        var zip = new byte[30 + (1_000_000L * record.Length) + 98];
        BitConverter.TryWriteBytes(zip.AsSpan(^98), 0x06064b50u);
        BitConverter.TryWriteBytes(zip.AsSpan(^66), 1_000_000L);
        BitConverter.TryWriteBytes(zip.AsSpan(^58), 1_000_000L * record.Length);
        BitConverter.TryWriteBytes(zip.AsSpan(^50), 30L);
        BitConverter.TryWriteBytes(zip.AsSpan(^42), 0x07064b50u);
        BitConverter.TryWriteBytes(zip.AsSpan(^34), zip.Length - 98L);
        BitConverter.TryWriteBytes(zip.AsSpan(^22), 0x06054b50u);
        zip.AsSpan(zip.Length - 14, 12).Fill(0xff);

        var exception = Assert.Throws<ArchiveException>(() => List(zip));

        Assert.Equal("the archive has 1000000 entries; at most 100000 are taken", exception.Message);
    }

    [Fact]
    public void Write_OfEqualFiles_GivesEqualBytes() =>
        Assert.Equal(Write(("a", Hello), ("b", Hello)), Write(("a", Hello), ("b", Hello)));

    [Fact]
    public void Write_OfMoreThan65535Files_IsRead()
    {
        var target = new MemoryStream();
        using var writer = new ZipWriter(target);
        for (var i = 0; i < 70_000; i++)
        {
            writer.Add($"f{i}", 0, Stream.Null);
        }

        writer.Complete();

        Assert.Equal(70_000, List(target.ToArray()).Count);
        using var theirs = new ZipArchive(target);
        Assert.Equal(70_000, theirs.Entries.Count);
    }

    private static IReadOnlyList<ArchiveEntry> List(byte[] zip)
    {
        var archive = new MemoryBytes(zip);
        return ModelArchive.List(archive, ModelArchive.Detect(new MemoryBytes([.. "PK\x03\x04"u8, .. zip.AsSpan(4)])), Limits(zip));
    }

    private static ModelLayerLimits Limits(byte[] zip) => zip.Length > 1000 ? ModelLayerLimits.Default : new ModelLayerLimits { MaximumEntries = 1000 };

    private static byte[] Read(ArchiveEntry entry)
    {
        using var content = entry.Open();
        var copy = new MemoryStream();
        content.CopyTo(copy, 1000);
        return copy.ToArray();
    }

    private static byte[] Write(params (string Path, byte[] Content)[] files)
    {
        var target = new MemoryStream();
        using var writer = new ZipWriter(target);
        foreach (var (path, content) in files)
        {
            writer.Add(path, content.Length, new MemoryStream(content));
        }

        writer.Complete();
        return target.ToArray();
    }

    private static byte[] Streamed(byte[] content) => Write(("a", content));
}
