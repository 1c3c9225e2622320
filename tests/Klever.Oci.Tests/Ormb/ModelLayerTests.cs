using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using Klever.Oci.Ormb;
using Klever.Testing;

namespace Klever.Oci.Tests.Ormb;

public class ModelLayerTests
{
    private static readonly string LongName = "model/" + string.Join('/', Enumerable.Repeat(new string('n', 60), 3)) + "/größe.bin";

    [Theory]
    [InlineData(TarEntryFormat.V7)]
    [InlineData(TarEntryFormat.Ustar)]
    [InlineData(TarEntryFormat.Pax)]
    [InlineData(TarEntryFormat.Gnu)]
    public void Read_OfEveryTarFormat_GivesTheFiles(TarEntryFormat format)
    {
        var layer = WriteTar(format, format is TarEntryFormat.Pax or TarEntryFormat.Gnu ? LongName : "model/variables/data");

        var files = Read(layer);

        Assert.Equal([format is TarEntryFormat.Pax or TarEntryFormat.Gnu ? LongName : "model/variables/data"], files.Keys);
        Assert.Equal("content", files.Values.Single());
    }

    [Fact]
    public void Read_OfUstarPrefix_JoinsThePath()
    {
        var name = "model/" + new string('d', 90) + "/" + new string('f', 80);
        var files = Read(WriteTar(TarEntryFormat.Ustar, name));

        Assert.Equal([name], files.Keys);
    }

    [Fact]
    public void Read_OfManyGzipMembers_GivesAllFiles()
    {
        var tar = TarBytes.Empty.File("model/a", "first").File("model/b", "second").ToArray();
        byte[] layer = [.. tar.Chunk(100).SelectMany(TarBytes.Gzip)];

        var files = Read(layer);

        Assert.Equal(new Dictionary<string, string> { ["model/a"] = "first", ["model/b"] = "second" }, files);
    }

    [Fact]
    public void Read_OfVeryManyEmptyMembers_Ends()
    {
        var empty = TarBytes.Gzip([]);
        byte[] layer = [.. Enumerable.Repeat(empty, 200_000).SelectMany(b => b), .. TarBytes.Simple.Gzip()];

        Assert.Equal(["model/net.onnx"], Read(layer).Keys);
    }

    [Fact]
    public void Read_WithoutEndOfArchive_GivesTheFiles()
    {
        Assert.Equal(["model/net.onnx"], Read(TarBytes.Gzip(TarBytes.Simple.ToArrayWithoutEnd())).Keys);
    }

    [Fact]
    public void Read_OfDotSlashAndDirectories_GivesTheFiles()
    {
        var layer = TarBytes.Empty.Entry('5', "./").Entry('5', "./model/").Entry('5', "model/sub").File("./model/sub/a", "x").Gzip();

        Assert.Equal(["model/sub/a"], Read(layer).Keys);
    }

    [Fact]
    public void Read_OfGlobalComment_PassesOverIt()
    {
        Assert.Equal(["model/a"], Read(TarBytes.Empty.GlobalPax(("comment", "0c5")).File("model/a", "x").Gzip()).Keys);
    }

    [Theory]
    [InlineData("application/x-tar")]
    [InlineData("application/tar")]
    [InlineData("application/vnd.oci.image.layer.v1.tar")]
    public void Read_OfPlainTar_GivesTheFiles(string mediaType)
    {
        Assert.Equal(["model/net.onnx"], Read(TarBytes.Simple.ToArray(), mediaType).Keys);
    }

    [Fact]
    public void Read_WithVisitorThatReadsNothing_StillReadsTheLayerToItsEnd()
    {
        var layer = new MemoryStream(TarBytes.Simple.File("model/weights", new string('w', 100_000)).Gzip());

        ModelLayer.Read(layer, ModelLayer.MediaType, (_, _, _) => { }, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(layer.Length, layer.Position);
    }

    [Fact]
    public void Read_WithVisitorThatFails_ReadsTheLayerToItsEndBeforeItSaysSo()
    {
        var layer = new MemoryStream(TarBytes.Simple.Gzip());

        Assert.Throws<FormatException>(() => ModelLayer.Read(
            layer, ModelLayer.MediaType, (_, _, _) => throw new FormatException(), cancellationToken: TestContext.Current.CancellationToken));

        Assert.Equal(layer.Length, layer.Position);
    }

    [Fact]
    public async Task ExtractTo_WhereAModelIs_TouchesNothing()
    {
        using var directory = new TemporaryDirectory();
        directory.Write("model/mine", "untouched");

        var exception = await Assert.ThrowsAsync<IOException>(() => ModelLayer.ExtractToAsync(
            new MemoryStream(TarBytes.Simple.Gzip()), ModelLayer.MediaType, directory.Path,
            cancellationToken: TestContext.Current.CancellationToken));

        Assert.Equal($"{directory.Combine("model")} is already there; remove it or name another directory.", exception.Message);
        Assert.Equal("untouched", File.ReadAllText(directory.Combine("model", "mine")));
    }

    private static byte[] WriteTar(TarEntryFormat format, string name)
    {
        using var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionLevel.Optimal, leaveOpen: true))
        using (var writer = new TarWriter(gzip, format))
        {
            TarEntry entry = format switch
            {
                TarEntryFormat.V7 => new V7TarEntry(TarEntryType.V7RegularFile, name),
                TarEntryFormat.Ustar => new UstarTarEntry(TarEntryType.RegularFile, name),
                TarEntryFormat.Pax => new PaxTarEntry(TarEntryType.RegularFile, name),
                _ => new GnuTarEntry(TarEntryType.RegularFile, name),
            };
            entry.DataStream = new MemoryStream(Encoding.UTF8.GetBytes("content"));
            writer.WriteEntry(entry);
        }

        return target.ToArray();
    }

    private static Dictionary<string, string> Read(byte[] layer, string mediaType = ModelLayer.MediaType)
    {
        var files = new Dictionary<string, string>();
        ModelLayer.Read(
            new MemoryStream(layer), mediaType, (path, _, content) => files[path] = new StreamReader(content).ReadToEnd());
        return files;
    }
}
