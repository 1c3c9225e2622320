using System.Buffers.Binary;
using Klever.Formats.Tests.Fuzzing;
using Klever.Models;
using Klever.Samples;
using Klever.Testing;

namespace Klever.Formats.Tests.H5;

public sealed class Hdf5HostileTests
{
    /// <summary>Files of every kind of structure: ours, and the small ones of the corpus where it is there.</summary>
    public static TheoryData<string> Sources =>
        ["sample", "klever_sample", "gen_h5_dense_attrs", "gen_h5_libver_latest", "gen_h5_userblock", "credit_card_fraud", "gen_k3_siamese_shared"];

    [Theory]
    [MemberData(nameof(Sources))]
    public void Read_OfATruncatedFile_AnswersOrFails(string source)
    {
        var file = Open(source);

        for (var length = 0; length < file.Length; length += 1 + (file.Length / 500))
        {
            AssertContained(file[..length]);
        }
    }

    [Theory]
    [MemberData(nameof(Sources))]
    public void Read_OfAFileWithFlippedBits_AnswersOrFails(string source)
    {
        var original = Open(source);
        var random = new Random(20260101);

        for (var round = 0; round < 600; round++)
        {
            var file = original.ToArray();
            var reach = round % 2 == 0 ? file.Length : Math.Min(file.Length, 4096);
            for (var flips = 1 + (round % 5); flips > 0; flips--)
            {
                file[random.Next(reach)] = (byte)random.Next(256);
            }

            AssertContained(file);
        }
    }

    [Theory]
    [MemberData(nameof(Sources))]
    public void Read_OfAFileWithWrongNumbers_AnswersOrFails(string source)
    {
        var original = Open(source);
        ulong[] numbers = [0, 1, 0x7FFF_FFFF, 0xFFFF_FFFF, 0x7FFF_FFFF_FFFF_FFFF, 0xFFFF_FFFF_FFFF_FFFE, ulong.MaxValue, 96];
        var step = 1 + (original.Length / 2000);

        for (var position = 8; position + 8 < original.Length; position += step)
        {
            var file = original.ToArray();
            BinaryPrimitives.WriteUInt64LittleEndian(file.AsSpan(position), numbers[position % numbers.Length]);
            AssertContained(file);
        }
    }

    [Fact]
    public void Read_OfAHeaderThatContinuesInItself_IsRefused()
    {
        var file = Superblock2(root: 48);
        byte[] continuation = [0x10, 16, 0, 0, .. Number(48 + 7), .. Number(28)];
        file.AddRange([.. "OHDR"u8, 2, 0, (byte)continuation.Length, .. continuation, 0, 0, 0, 0]);

        var exception = Assert.Throws<ModelReadException>(() => KerasFiles.Read([.. file]));

        Assert.Equal(ModelReadProblem.NotTheFormat, exception.Problem);
        Assert.Contains("where it has been before", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_OfAGroupTreeThatComesBack_IsRefused()
    {
        var file = Superblock2(root: 48);
        byte[] table = [0x11, 16, 0, 0, .. Number(100), .. Number(200)];
        file.AddRange([.. "OHDR"u8, 2, 0, (byte)table.Length, .. table, 0, 0, 0, 0]);
        Pad(file, 100);
        file.AddRange([.. "TREE"u8, 0, 1, 1, 0, .. Number(-1), .. Number(-1), .. Number(0), .. Number(100), .. Number(0)]);
        Pad(file, 200);
        file.AddRange([.. "HEAP"u8, 0, 0, 0, 0, .. Number(8), .. Number(-1), .. Number(232)]);
        Pad(file, 240);

        var exception = Assert.Throws<ModelReadException>(() => KerasFiles.Read([.. file]));

        Assert.Equal("H5 model/net.h5: the B-tree of a group comes back to its node at 100, at byte 100", exception.Message);
    }

    [Fact]
    public void Read_OfAGigabyte_ReadsOnlyTheStructure()
    {
        using var directory = new TemporaryDirectory();
        var path = directory.Write("net.h5", SampleModels.Files(ModelFormat.H5)["flowers.h5"]);
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 1);
        file.SetLength(1L << 30);
        var before = GC.GetAllocatedBytesForCurrentThread();

        var signature = KerasFiles.Read(file, file.Length);

        Assert.Equal("flower", signature.Outputs[0].Name);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2 * 1024 * 1024);
    }

    private static byte[] Open(string source) => source == "sample"
        ? SampleModels.Files(ModelFormat.H5)["flowers.h5"]
        : File.ReadAllBytes(SharedFolder.Require("corpus", "h5", source, "model", "model.h5"));

    private static void AssertContained(byte[] file) => Hostile.Read(() => KerasFiles.Read(file));

    private static List<byte> Superblock2(long root) =>
        [0x89, .. "HDF\r\n"u8, 0x1A, 0x0A, 2, 8, 8, 0, .. Number(0), .. Number(-1), .. Number(4096), .. Number(root), 0, 0, 0, 0];

    private static byte[] Number(long value)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        return bytes;
    }

    private static void Pad(List<byte> file, int length) => file.AddRange(new byte[length - file.Count]);
}
