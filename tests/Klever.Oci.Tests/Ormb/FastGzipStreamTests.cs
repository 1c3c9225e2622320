using System.IO.Compression;
using Klever.Oci.Ormb.Gzip;

namespace Klever.Oci.Tests.Ormb;

public class FastGzipStreamTests
{
    private const int MiB = 1024 * 1024;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(16 * 1024)]
    [InlineData(16 * 1024 + 1)]
    [InlineData(65535 * 3)]
    [InlineData(MiB - 1)]
    [InlineData(MiB)]
    [InlineData(MiB + 1)]
    [InlineData(3 * MiB + 17)]
    public void Write_OfAnyLength_IsReadBack(int length)
    {
        foreach (var content in new[] { Random(length), new byte[length], Mixed(length) })
        {
            Assert.True(content.AsSpan().SequenceEqual(Unpack(Pack(content, pieces: 70_001))));
        }
    }

    [Fact]
    public void Write_OfWhatDoesNotShrink_AddsLessThanAThousandth()
    {
        Assert.InRange(Pack(Random(4 * MiB), pieces: 128 * 1024).Length, 4 * MiB, 4 * MiB + 4 * 1024);
    }

    [Fact]
    public void Write_OfZeros_ShrinksThem()
    {
        Assert.InRange(Pack(new byte[4 * MiB], pieces: 128 * 1024).Length, 1, 64 * 1024);
    }

    [Fact]
    public void Write_InOtherPieces_GivesTheSameBytes()
    {
        var content = Mixed(3 * MiB);

        Assert.True(Pack(content, pieces: 1000).AsSpan().SequenceEqual(Pack(content, pieces: 2 * MiB)));
    }

    private static byte[] Pack(byte[] content, int pieces)
    {
        using var target = new MemoryStream();
        using var gzip = new FastGzipStream(target);
        foreach (var piece in content.Chunk(pieces))
        {
            gzip.Write(piece);
        }

        gzip.Complete();
        return target.ToArray();
    }

    private static byte[] Unpack(byte[] packed)
    {
        using var gzip = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
        using var target = new MemoryStream();
        gzip.CopyTo(target);
        return target.ToArray();
    }

    private static byte[] Random(int length)
    {
        var content = new byte[length];
        new Random(length).NextBytes(content);
        return content;
    }

    private static byte[] Mixed(int length)
    {
        var content = Random(length);
        content.AsSpan(length / 3, length / 3).Clear();
        return content;
    }
}
