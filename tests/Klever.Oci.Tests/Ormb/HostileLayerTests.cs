using Klever.Oci.Ormb;
using Klever.Testing;
using static Klever.Oci.Ormb.ModelLayerProblem;

namespace Klever.Oci.Tests.Ormb;

public class HostileLayerTests
{
    private static readonly ModelLayerLimits Small = new()
    {
        MaximumEntries = 20,
        MaximumEntryBytes = 1 << 20,
        MaximumTotalBytes = 3 << 20,
        RatioFreeBytes = 1 << 20,
        MaximumRatio = 100,
        MaximumTotalPathCharacters = 500,
    };

    private static readonly Dictionary<string, (byte[] Layer, ModelLayerProblem Problem, string Message)> Cases = new()
    {
        ["parent"] = Tar(t => t.File("model/../../etc/passwd", "x"), UnsafePath,
            "the layer's entry \"model/../../etc/passwd\" has \"..\" in its path"),
        ["absolute"] = Tar(t => t.File("/etc/passwd", "x"), UnsafePath, "the layer's entry \"/etc/passwd\" has an absolute path"),
        ["drive"] = Tar(t => t.File("C:/windows/x", "x"), UnsafePath, "the layer's entry \"C:/windows/x\" has a drive letter in its path"),
        ["drive below"] = Tar(t => t.File("model/c:/x", "x"), UnsafePath, "the layer's entry \"model/c:/x\" has a drive letter in its path"),
        ["backslash"] = Tar(t => t.File("model\\..\\x", "x"), UnsafePath,
            "the layer's entry \"model\\..\\x\" has a backslash in its path, which some systems take for a separator"),
        ["control"] = Tar(t => t.File("model/a\nb", "x"), UnsafePath, "the layer's entry \"model/a�b\" has a control character in its path"),
        ["empty segment"] = Tar(t => t.File("model//x", "x"), UnsafePath,
            "the layer's entry \"model//x\" has an empty segment or \".\" in its path"),
        ["no name"] = Tar(t => t.File("", "x"), UnsafePath, "the layer's entry \"\" has no path"),
        ["outside"] = Tar(t => t.File("ormbfile.yaml", "x"), UnsafePath,
            "the layer's entry \"ormbfile.yaml\" is not below model/, where the files of a model belong"),
        ["deep"] = Tar(t => t.Pax(("path", "model/" + string.Concat(Enumerable.Repeat("a/", 64)) + "x")).File("x", "x"), UnsafePath,
            "has a path of more than 64 segments"),
        ["long"] = Tar(t => t.Pax(("path", "model/" + string.Join('/', Enumerable.Repeat(new string('a', 250), 17)))).File("x", "x"),
            UnsafePath, "has a path of more than 4096 bytes"),
        ["long segment"] = Tar(t => t.Pax(("path", "model/" + new string('a', 256))).File("x", "x"), UnsafePath,
            "has a name of more than 255 bytes"),
        ["not UTF-8"] = Tar(t => t.Entry('0', "", nameBytes: [.. "model/"u8, 0xff]), UnsafePath,
            "the layer has a name that is not UTF-8 in the tar header at byte 0"),
        ["symbolic link"] = Tar(t => t.Entry('2', "model/link"), Link,
            "the layer's entry \"model/link\" is a symbolic link; a model holds files and directories only"),
        ["hard link"] = Tar(t => t.Entry('1', "model/link"), Link,
            "the layer's entry \"model/link\" is a hard link; a model holds files and directories only"),
        ["character device"] = Tar(t => t.Entry('3', "model/null"), SpecialEntry,
            "the layer's entry \"model/null\" is a device; a model holds files and directories only"),
        ["block device"] = Tar(t => t.Entry('4', "model/sda"), SpecialEntry,
            "the layer's entry \"model/sda\" is a device; a model holds files and directories only"),
        ["FIFO"] = Tar(t => t.Entry('6', "model/pipe"), SpecialEntry,
            "the layer's entry \"model/pipe\" is a FIFO; a model holds files and directories only"),
        ["GNU sparse"] = Tar(t => t.Entry('S', "model/holes"), SpecialEntry,
            "the layer's entry \"model/holes\" is a GNU sparse file; a model holds files and directories only"),
        ["PAX sparse"] = Tar(t => t.Pax(("GNU.sparse.major", "1")).File("model/holes", "x"), SpecialEntry,
            "the layer's entry \"model/holes\" is a GNU sparse file; a model holds files and directories only"),
        ["unknown type"] = Tar(t => t.Entry('V', "model/volume"), SpecialEntry,
            "the layer's entry \"model/volume\" is of type 'V'; a model holds files and directories only"),
        ["duplicate"] = Tar(t => t.File("model/a", "1").File("model/a", "2"), Duplicate, "the layer's entry \"model/a\" is there twice"),
        ["duplicate with dot"] = Tar(t => t.File("model/a", "1").File("./model/a", "2"), Duplicate,
            "the layer's entry \"model/a\" is there twice"),
        ["file as directory"] = Tar(t => t.File("model/a", "1").File("model/a/b", "2"), Duplicate,
            "the layer's entry \"model/a/b\" needs a directory where the archive has the file model/a"),
        ["directory as file"] = Tar(t => t.File("model/a/b", "1").File("model/a", "2"), Duplicate,
            "the layer's entry \"model/a\" is there twice"),
        ["PAX size override"] = Tar(t => t.Pax(("size", "1")).File("model/a", "0123456789"), Damaged,
            "the layer's entry \"model/a\" has two sizes, 10 and 1 bytes, in the tar header at byte 1024"),
        ["PAX path escape"] = Tar(t => t.Pax(("path", "../x")).File("model/a", "x"), UnsafePath,
            "the layer's entry \"../x\" has \"..\" in its path"),
        ["PAX global path"] = Tar(t => t.GlobalPax(("path", "model/x")).File("model/a", "x"), Damaged,
            "the layer sets the path or size of all entries in the global tar header at byte 0"),
        ["PAX malformed"] = Tar(t => t.Entry('x', "pax", "99 path=a\n"u8.ToArray()).File("model/a", "x"), Damaged,
            "the layer is damaged: the extended tar header at byte 0 is not made of \"length key=value\" lines"),
        ["PAX zero length record"] = Tar(t => t.Entry('x', "pax", "0 path=a\n"u8.ToArray()).File("model/a", "x"), Damaged,
            "the layer is damaged: the extended tar header at byte 0 is not made of \"length key=value\" lines"),
        ["PAX huge"] = Tar(t => t.Entry('x', "pax", size: "17777777777\0"), LimitExceeded,
            "the layer has an extended tar header of 2147483647 bytes at byte 0; at most 65536 are read"),
        ["PAX without entry"] = Tar(t => t.File("model/a", "x").Pax(("path", "model/b")), Truncated,
            "the layer ends after an extended tar header that belongs to no entry"),
        ["GNU name escape"] = Tar(t => t.Entry('L', "././@LongLink", "model/../../x\0"u8.ToArray()).File("model/a", "x"), UnsafePath,
            "the layer's entry \"model/../../x\" has \"..\" in its path"),
        ["GNU name huge"] = Tar(t => t.Entry('L', "././@LongLink", size: "17777777777\0"), LimitExceeded,
            "the layer has an extended tar header of 2147483647 bytes at byte 0; at most 65536 are read"),
        ["bad checksum"] = Tar(t => t.Raw([.. Enumerable.Repeat((byte)'0', 512)]), Damaged,
            "the layer is damaged: the tar header at byte 0 does not have its checksum"),
        ["not octal"] = Tar(t => t.Entry('0', "model/a", size: "00000000009\0"), Damaged,
            "the layer is damaged: the size in the tar header at byte 0 is not octal"),
        ["negative size"] = Tar(t => t.Entry('0', "model/a", size: new string('\xff', 12)), Damaged,
            "the layer is damaged: the size in the tar header at byte 0 is negative or has more than 63 bits"),
        ["4 GB entry"] = Tar(t => t.Entry('0', "model/a", size: "40000000000\0"), LimitExceeded,
            "the layer's entry \"model/a\" has 4294967296 bytes; at most 1048576 are unpacked"),
        ["base-256 size"] = Tar(t => t.Entry('0', "model/a", size: "\x80\0\0\0\x7f\xff\xff\xff\xff\xff\xff\xff"), LimitExceeded,
            "the layer's entry \"model/a\" has 9223372036854775807 bytes; at most 1048576 are unpacked"),
        ["too large together"] = Tar(t => Repeat(t, 4, (r, i) => r.Entry('0', $"model/{i}", new byte[1 << 20])), LimitExceeded,
            "the layer holds more than 3145728 bytes of files"),
        ["too many"] = Tar(t => Repeat(t, 21, (r, i) => r.File($"model/{i}", "")), LimitExceeded, "the layer has more than 20 entries"),
        ["too many headers"] = Tar(t => Repeat(t, 81, (r, _) => r.Pax(("mtime", "1"))), LimitExceeded,
            "the layer has more than 80 tar headers"),
        ["too many names"] = Tar(t => Repeat(t, 10, (r, i) => r.File($"model/{i}/{new string('a', 60)}", "")), LimitExceeded,
            "the layer has paths of more than 500 characters together"),
        ["empty"] = ([], Damaged, "the layer holds no files"),
        ["empty tar"] = Tar(t => t, Damaged, "the layer holds no files"),
        ["tar cut in file"] = (TarBytes.Gzip(TarBytes.Empty.Entry('0', "model/a", new byte[2000]).ToArrayWithoutEnd()[..1000]), Truncated,
            "the layer's entry \"model/a\" is cut off: 1512 bytes of it are missing"),
        ["tar cut in header"] = (TarBytes.Gzip(TarBytes.Simple.File("model/b", "").ToArrayWithoutEnd()[..1100]), Truncated,
            "the layer ends inside the tar header at byte 1024"),
        ["data after tar"] = (TarBytes.Gzip([.. TarBytes.Simple.ToArray(), .. "hidden"u8]), TrailingData,
            "the layer has data after the end of its tar archive"),
        ["not gzip"] = ("<html>502 Bad Gateway</html>"u8.ToArray(), Damaged, "the layer is damaged: its gzip data is wrong before byte 28"),
        ["gzip wrong CRC"] = (Changed(TarBytes.Simple.Gzip(), fromEnd: 8), Damaged, "the layer is damaged: its gzip data is wrong before byte"),
        ["gzip wrong length"] = (Changed(TarBytes.Simple.Gzip(), fromEnd: 4), Damaged, "the layer is damaged: its gzip data is wrong before byte"),
        ["gzip trailing garbage"] = ([.. TarBytes.Simple.Gzip(), .. "garbage"u8], TrailingData,
            "the layer has bytes after the end of its gzip data, before byte"),
        ["gzip bomb"] = Tar(t => Repeat(t, 3, (r, i) => r.Entry('0', $"model/{i}", new byte[1 << 20])), LimitExceeded,
            "the layer unpacks to more than 100 times its size:"),
        ["gzip bomb after tar"] = (TarBytes.Gzip([.. TarBytes.Simple.ToArray(), .. new byte[4 << 20]]), LimitExceeded,
            "the layer unpacks to more than 100 times its size:"),
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task ExtractTo_OfHostileLayer_IsRefusedAndLeavesNothing(string name)
    {
        var (layer, problem, message) = Cases[name];
        using var directory = new TemporaryDirectory();
        var limits = name.StartsWith("deep", StringComparison.Ordinal) || name.StartsWith("long", StringComparison.Ordinal)
            ? ModelLayerLimits.Default
            : Small;

        var exception = await Assert.ThrowsAsync<ModelLayerException>(() => ModelLayer.ExtractToAsync(
            new MemoryStream(layer), ModelLayer.MediaType, directory.Path, limits, TestContext.Current.CancellationToken));

        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
        Assert.Equal(problem, exception.Problem);
        Assert.Empty(Directory.EnumerateFileSystemEntries(directory.Path));
    }

    [Fact]
    public void Read_OfGzipCutAnywhere_IsTruncated()
    {
        var layer = TarBytes.Empty.File("model/a", string.Concat(Enumerable.Range(0, 2000))).Gzip();

        for (var length = 1; length < layer.Length; length++)
        {
            var exception = Assert.Throws<ModelLayerException>(() => Read(layer[..length]));
            Assert.True(exception.Problem == Truncated, $"cut at {length} of {layer.Length}: {exception.Message}");
        }
    }

    [Fact]
    public void Read_OfAnyChangedByte_EndsInTypedErrorOrTheSameFiles()
    {
        var tar = TarBytes.Simple.Pax(("path", "model/" + new string('n', 120))).File("x", "long").ToArray();
        var expected = Read(TarBytes.Gzip(tar));

        for (var i = 0; i < tar.Length; i++)
        {
            var changed = tar.ToArray();
            changed[i] ^= 0xa5;
            try
            {
                Assert.Equal(expected.Count, Read(TarBytes.Gzip(changed)).Count);
            }
            catch (ModelLayerException exception)
            {
                Assert.NotEmpty(exception.Message);
            }
        }
    }

    [Fact]
    public void Read_OfUnknownMediaType_NamesIt()
    {
        var exception = Assert.Throws<ModelLayerException>(() => ModelLayer.Read(
            Stream.Null, "application/vnd.oci.image.layer.v1.tar+zstd", (_, _, _) => { },
            cancellationToken: TestContext.Current.CancellationToken));

        Assert.Equal("the layer is of type \"application/vnd.oci.image.layer.v1.tar+zstd\"; expected application/tar+gzip", exception.Message);
    }

    private static List<string> Read(byte[] layer)
    {
        var files = new List<string>();
        ModelLayer.Read(new MemoryStream(layer), ModelLayer.MediaType, (path, _, _) => files.Add(path), Small);
        return files;
    }

    private static (byte[] Layer, ModelLayerProblem Problem, string Message) Tar(
        Func<TarBytes, TarBytes> build, ModelLayerProblem problem, string message) => (build(TarBytes.Empty).Gzip(), problem, message);

    private static TarBytes Repeat(TarBytes tar, int count, Func<TarBytes, int, TarBytes> add) =>
        Enumerable.Range(0, count).Aggregate(tar, add);

    private static byte[] Changed(byte[] layer, int fromEnd)
    {
        layer[^fromEnd] ^= 0xff;
        return layer;
    }
}
