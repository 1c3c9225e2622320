using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Klever.Formats.Tests.Fuzzing;
using Klever.Models;
using Klever.Samples;

namespace Klever.Formats.Tests.TorchScript;

public sealed class HostileArchiveTests
{
    private const int EndLength = 22;

    [Theory]
    [InlineData(12, uint.MaxValue - 1, "does not lie within the file")]
    [InlineData(16, uint.MaxValue - 1, "does not lie within the file")]
    [InlineData(16, 0u, "does not lie within the file")]
    [InlineData(16, 3u, "holds something that is not an entry")]
    public void Read_WithLyingEndRecord_IsRefused(int field, uint value, string expected)
    {
        var archive = Sample();
        if (value == 3)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(archive.AsSpan(archive.Length - EndLength + 12), (uint)archive.Length - EndLength - 3);
        }

        BinaryPrimitives.WriteUInt32LittleEndian(archive.AsSpan(archive.Length - EndLength + field), value);
        if (value == 0)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(archive.AsSpan(archive.Length - EndLength + 12), (uint)archive.Length);
        }

        Assert.Contains(expected, Fails(archive).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(8, 1, "is encrypted")]
    [InlineData(10, 12, "is packed with zip method 12")]
    [InlineData(20, 0x7fffff00, "is longer than 16777216 bytes")]
    [InlineData(24, 0x7fffff00, "is longer than 16777216 bytes")]
    [InlineData(24, 5, "does not hold the 5 bytes")]
    [InlineData(42, 0x7fffff00, "begins after the last byte of the archive's files")]
    [InlineData(42, 1, "is not where the zip directory says")]
    public void Read_WithLyingEntry_IsRefused(int field, int value, string expected)
    {
        var archive = Sample();
        var directory = BinaryPrimitives.ReadInt32LittleEndian(archive.AsSpan(archive.Length - 6));
        if (field is 8 or 10)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(archive.AsSpan(directory + field), (ushort)value);
        }
        else
        {
            BinaryPrimitives.WriteInt32LittleEndian(archive.AsSpan(directory + field), value);
        }

        var problem = Fails(archive);

        Assert.Contains("digits/data.pkl", problem.Message, StringComparison.Ordinal);
        Assert.Contains(expected, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_WithZip64DirectoryThatPointsAtItself_IsRefused()
    {
        var archive = new byte[200];
        "PK\x03\x04"u8.CopyTo(archive);
        var end = archive.AsSpan(archive.Length - EndLength);
        "PK\x05\x06"u8.CopyTo(end);
        end[8..20].Fill(0xff);
        var locator = archive.AsSpan(archive.Length - EndLength - 20);
        "PK\x06\x07"u8.CopyTo(locator);
        BinaryPrimitives.WriteInt64LittleEndian(locator[8..], archive.Length - EndLength - 20);

        Assert.Contains("outside of the file", Fails(archive).Message, StringComparison.Ordinal);

        BinaryPrimitives.WriteInt64LittleEndian(locator[8..], 60);

        Assert.Contains("no zip64 end record where its locator points", Fails(archive).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_WithOneNameTwice_IsRefused()
    {
        var archive = new StoredZipWriter()
            .Add("net/code/__torch__.py", "class Net(Module):\n").Add("net/data.pkl", "a").Add("net/data.pkl", "b").ToArray();

        Assert.Contains("holds net/data.pkl twice", Fails(archive).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_OfBomb_StopsAtTheSizeThatIsDeclared()
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(zip, "net/data.pkl", TorchArchiveBuilder.Pickle(_ => { }));
            Add(zip, "net/code/__torch__.py", new byte[200 * 1024 * 1024]);
        }

        Assert.Contains("__torch__.py is longer than 8388608 bytes", Fails(stream.ToArray()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_OfManyEntries_HoldsOnlyThoseOfTheStructure()
    {
        var zip = new StoredZipWriter().Add("n/code/__torch__.py", "class Net(Module):\n")
            .Add("n/data.pkl", TorchArchiveBuilder.Pickle(_ => { }));
        for (var i = 0; i < 60_000; i++)
        {
            zip.Add($"n/data/{i}", []);
        }

        var archive = zip.ToArray();
        Assert.Null(Hostile.Read(() => InMemoryModel.Read(ModelFormat.TorchScript, "net.pt", archive)));
    }

    [Theory]
    [InlineData("a\n", "the code has more than 300000 lines")]
    [InlineData("def f(a,\n", "does not declare")]
    [InlineData("class A:\n", "does not declare")]
    [InlineData("  x : T\n", "does not declare")]
    [InlineData("((((((((((((((((((((\n", "does not declare")]
    public void Read_OfEndlessCode_AnswersInTime(string line, string expected)
    {
        var code = string.Concat(Enumerable.Repeat(line, Math.Min(7_000_000 / line.Length, line == "a\n" ? int.MaxValue : 250_000)));

        var problem = new TorchArchiveBuilder().WithCode(code).ReadFails();

        Assert.Contains(expected, problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("f(")]
    [InlineData("torch.f(")]
    [InlineData("(self).f(")]
    [InlineData("(self).forward(x, )")]
    [InlineData("__torch__.")]
    [InlineData("\"")]
    public void Read_OfEndlessLine_AnswersInTime(string part)
    {
        var line = string.Concat(Enumerable.Repeat(part, 4_000_000 / part.Length));
        var code = $"class Net(Module):\n  def forward(self: T) -> Tensor:\n    {line}\n  def f(self: T) -> Tensor:\n    pass\n";

        new TorchArchiveBuilder().WithCode(code).ReadHostile();
    }

    private static byte[] Sample() => SampleModels.Files(ModelFormat.TorchScript).Single().Value;

    private static ModelReadException Fails(byte[] archive) =>
        Hostile.Read(() => InMemoryModel.Read(ModelFormat.TorchScript, "net.pt", archive))
        ?? throw new InvalidOperationException("the archive was read");

    private static void Add(ZipArchive zip, string name, byte[] content)
    {
        using var entry = zip.CreateEntry(name).Open();
        entry.Write(content);
    }
}
