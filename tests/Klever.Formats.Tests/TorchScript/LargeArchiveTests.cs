using System.IO.Compression;
using System.Text;
using Klever.Formats.Tests.Fuzzing;
using Klever.Models;
using Klever.Testing;

namespace Klever.Formats.Tests.TorchScript;

public sealed class LargeArchiveTests
{
    private const long WeightBytes = 5L * 1024 * 1024 * 1024;

    [Fact]
    public void Read_OfGigabytesOfWeights_TakesNoneOfThem()
    {
        using var directory = new TemporaryDirectory();
        var path = directory.Write("model/net.pt", Zip64Archive());
        Inflate(path);

        var problem = Hostile.Read(() =>
        {
            var signature = SignatureExtractor.FromDirectory(directory.Path, ModelFormat.TorchScript, Signature.Empty).Signature;
            Assert.Equal(["x"], signature.Inputs.Select(input => input.Name));
            return signature;
        });

        Assert.Null(problem);
    }

    [Fact]
    public void Read_FromAnArchiveThatCannotSeek_GoesOverDisk()
    {
        var content = new TorchArchiveBuilder().WithCode("class Net(Module):\n").Build();
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(content);
        }

        packed.Position = 0;
        using var stream = new GZipStream(packed, CompressionMode.Decompress);
        var extractor = new SignatureExtractor(ModelFormat.TorchScript, Signature.Empty);
        extractor.Accept("model/net.pt", content.Length, stream);

        Assert.Equal(Signature.Empty, extractor.Complete().Signature);
    }

    /// <summary>Structure first, then a directory in zip64 form that places <c>data/0</c> over five sparse gigabytes.</summary>
    private static byte[] Zip64Archive() => new TorchArchiveBuilder()
        .WithCode("class Net(Module):\n  def forward(self: __torch__.Net,\n    x: Tensor) -> Tensor:\n    return x\n")
        .Build();

    private static void Inflate(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
        var tail = new byte[22];
        file.Position = file.Length - tail.Length;
        file.ReadExactly(tail);
        var directoryOffset = BitConverter.ToInt32(tail, 16);
        var directory = new byte[BitConverter.ToInt32(tail, 12)];
        file.Position = directoryOffset;
        file.ReadExactly(directory);

        file.Position = directoryOffset;
        WriteLocal(file);
        file.Position += WeightBytes;
        var start = file.Position;
        file.Write(directory);
        WriteEntry(file, directoryOffset);
        WriteEnd(file, start, file.Position - start);
        file.SetLength(file.Position);
    }

    private static void WriteLocal(FileStream file)
    {
        using var writer = new BinaryWriter(file, Encoding.UTF8, leaveOpen: true);
        writer.Write(0x04034b50);
        writer.Write(new byte[14]);
        writer.Write(uint.MaxValue);
        writer.Write(uint.MaxValue);
        writer.Write((ushort)10);
        writer.Write((ushort)20);
        writer.Write("net/data/0"u8);
        writer.Write((ushort)1);
        writer.Write((ushort)16);
        writer.Write(WeightBytes);
        writer.Write(WeightBytes);
    }

    private static void WriteEntry(FileStream file, long offset)
    {
        using var writer = new BinaryWriter(file, Encoding.UTF8, leaveOpen: true);
        writer.Write(0x02014b50);
        writer.Write(new byte[16]);
        writer.Write(uint.MaxValue);
        writer.Write(uint.MaxValue);
        writer.Write((ushort)10);
        writer.Write((ushort)28);
        writer.Write(new byte[10]);
        writer.Write(uint.MaxValue);
        writer.Write("net/data/0"u8);
        writer.Write((ushort)1);
        writer.Write((ushort)24);
        writer.Write(WeightBytes);
        writer.Write(WeightBytes);
        writer.Write(offset);
    }

    private static void WriteEnd(FileStream file, long start, long length)
    {
        using var writer = new BinaryWriter(file, Encoding.UTF8, leaveOpen: true);
        var end = file.Position;
        writer.Write(0x06064b50);
        writer.Write(44L);
        writer.Write(new byte[12]);
        writer.Write(3L);
        writer.Write(3L);
        writer.Write(length);
        writer.Write(start);
        writer.Write(0x07064b50);
        writer.Write(0);
        writer.Write(end);
        writer.Write(1);
        writer.Write(0x06054b50);
        writer.Write(0);
        writer.Write(uint.MaxValue);
        writer.Write(uint.MaxValue);
        writer.Write(uint.MaxValue);
        writer.Write((ushort)0);
    }
}
