using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Klever.Conversion.CaffeToNetDef;

/// <summary>Takes a block of numbers; it is valid during the call.</summary>
internal delegate void TakeBlock(ReadOnlySpan<float> block);

/// <summary>Numbers of a weight, given out block by block: from memory, or from where they stand in a file.</summary>
/// <param name="count">How many.</param>
/// <param name="read">Gives the blocks, in their order.</param>
internal sealed class FloatContent(long count, Action<TakeBlock> read)
{
    private const int BlockBytes = 128 * 1024;

    public long Count => count;

    public void Read(TakeBlock take) => read(take);

    public static FloatContent Of(float[] values) => new(values.LongLength, take => take(values));

    /// <summary>Numbers of 4 or 8 bytes, little-endian.</summary>
    public static FloatContent OfFile(string path, long offset, long count, bool isDouble) => new(count, take =>
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1);
        file.Position = offset;
        var width = isDouble ? sizeof(double) : sizeof(float);
        var bytes = new byte[BlockBytes];
        for (var left = count; left > 0;)
        {
            var block = bytes.AsSpan(0, (int)Math.Min(left, BlockBytes / width) * width);
            file.ReadExactly(block);
            take(isDouble ? Narrowed(block) : MemoryMarshal.Cast<byte, float>(block));
            left -= block.Length / width;
        }
    });

    /// <summary>All numbers at once; for weights that have to be computed with.</summary>
    public float[] ToArray()
    {
        var values = new float[count];
        var filled = 0;
        read(block =>
        {
            block.CopyTo(values.AsSpan(filled));
            filled += block.Length;
        });
        return values;
    }

    private static float[] Narrowed(ReadOnlySpan<byte> doubles)
    {
        var values = new float[doubles.Length / sizeof(double)];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = (float)BinaryPrimitives.ReadDoubleLittleEndian(doubles[(i * sizeof(double))..]);
        }

        return values;
    }
}
