using System.Buffers.Binary;

namespace Klever.Oci.Ormb.Zip;

/// <summary>A record while its fields are put one after the other; zip is little-endian.</summary>
internal ref struct ZipRecord(Span<byte> buffer)
{
    private readonly Span<byte> _buffer = buffer;
    private int _length;

    public readonly Span<byte> Written => _buffer[.._length];

    public void Put(ushort value)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(_buffer[_length..], value);
        _length += sizeof(ushort);
    }

    public void Put(uint value)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(_buffer[_length..], value);
        _length += sizeof(uint);
    }

    public void Put(long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(_buffer[_length..], value);
        _length += sizeof(long);
    }
}
