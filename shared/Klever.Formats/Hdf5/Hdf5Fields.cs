using System.Buffers.Binary;
using System.Text;

namespace Klever.Formats.Hdf5;

/// <summary>A cursor over a block of structure: little-endian fields, each checked against the end of the
/// block.</summary>
/// <param name="address">Of the first byte; for errors.</param>
/// <param name="what">The structure, as errors name it.</param>
internal sealed class Hdf5Fields(Hdf5Source source, ReadOnlyMemory<byte> bytes, long address, string what)
{
    /// <summary>What <see cref="Address"/> gives for HDF5's "undefined address" (all bits set).</summary>
    public const long Undefined = -1;

    private int _position;

    public int Remaining => bytes.Length - _position;

    public int Consumed => _position;

    public long Position => address + _position;

    public int Byte() => Take(1).Span[0];

    public int UInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(2).Span);

    public long UInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4).Span);

    public long Length() => Variable(source.LengthSize);

    public long Address()
    {
        var field = Take(source.OffsetSize).Span;
        return field.ContainsAnyExcept((byte)0xFF) ? Number(field) : Undefined;
    }

    /// <summary>An unsigned number of 1 to 8 bytes.</summary>
    public long Variable(int size) => Number(Take(size).Span);

    public ReadOnlyMemory<byte> Take(long count)
    {
        if (count < 0 || count > Remaining)
        {
            throw source.NotTheFormat(
                $"{what} is cut off: {count} more bytes are needed and {Remaining} are left", Position);
        }

        var taken = bytes.Slice(_position, (int)count);
        _position += (int)count;
        return taken;
    }

    /// <summary>A part of this block with a cursor of its own.</summary>
    public Hdf5Fields Part(long count, string part)
    {
        var start = Position;
        return new Hdf5Fields(source, Take(count), start, part);
    }

    public void Skip(long count) => Take(count);

    /// <summary>Text that ends at the first zero byte or with the field.</summary>
    public string Text(long count)
    {
        var field = Take(count).Span;
        var end = field.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? field : field[..end]);
    }

    public void Expect(ReadOnlySpan<byte> signature)
    {
        var start = Position;
        if (!Take(signature.Length).Span.SequenceEqual(signature))
        {
            throw source.NotTheFormat($"{what} should begin with \"{Encoding.ASCII.GetString(signature)}\"", start);
        }
    }

    public void ExpectVersion(int version)
    {
        var start = Position;
        var found = Byte();
        if (found != version)
        {
            throw source.NotSupported($"{what} has version {found}; version {version} is read", start);
        }
    }

    private long Number(ReadOnlySpan<byte> field)
    {
        var value = 0ul;
        for (var i = field.Length - 1; i >= 0; i--)
        {
            value = (value << 8) | field[i];
        }

        return value <= long.MaxValue
            ? (long)value
            : throw source.NotTheFormat($"{what} holds a number beyond 2^63", Position - field.Length);
    }
}
