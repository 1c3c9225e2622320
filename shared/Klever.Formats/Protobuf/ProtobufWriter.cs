using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Klever.Formats.Protobuf;

/// <summary>Writes protobuf messages into memory. Fields appear in the order of the calls; nothing is left out for
/// being a default.</summary>
internal sealed class ProtobufWriter
{
    private readonly ArrayBufferWriter<byte> _buffer = new();

    public ReadOnlySpan<byte> Written => _buffer.WrittenSpan;

    public ReadOnlyMemory<byte> WrittenMemory => _buffer.WrittenMemory;

    public ProtobufWriter Varint(int field, long value)
    {
        Tag(field, WireType.Varint);
        RawVarint((ulong)value);
        return this;
    }

    public ProtobufWriter Bool(int field, bool value) => Varint(field, value ? 1 : 0);

    public ProtobufWriter Float(int field, float value)
    {
        Tag(field, WireType.Fixed32);
        BinaryPrimitives.WriteSingleLittleEndian(_buffer.GetSpan(4), value);
        _buffer.Advance(4);
        return this;
    }

    public ProtobufWriter Double(int field, double value)
    {
        Tag(field, WireType.Fixed64);
        BinaryPrimitives.WriteDoubleLittleEndian(_buffer.GetSpan(8), value);
        _buffer.Advance(8);
        return this;
    }

    public ProtobufWriter Text(int field, string value) => Bytes(field, Encoding.UTF8.GetBytes(value));

    public ProtobufWriter Bytes(int field, ReadOnlySpan<byte> value)
    {
        Header(field, value.Length);
        _buffer.Write(value);
        return this;
    }

    /// <summary>The head of a field of bytes whose content is written elsewhere: tag and length.</summary>
    public ProtobufWriter Header(int field, long length)
    {
        Tag(field, WireType.Bytes);
        RawVarint((ulong)length);
        return this;
    }

    public ProtobufWriter Message(int field, Action<ProtobufWriter> write)
    {
        var message = new ProtobufWriter();
        write(message);
        return Bytes(field, message.Written);
    }

    /// <summary>A repeated varint field in packed form.</summary>
    public ProtobufWriter Packed(int field, IEnumerable<long> values)
    {
        var packed = new ProtobufWriter();
        foreach (var value in values)
        {
            packed.RawVarint((ulong)value);
        }

        return Bytes(field, packed.Written);
    }

    public byte[] ToArray() => _buffer.WrittenSpan.ToArray();

    private void Tag(int field, WireType type) => RawVarint(((ulong)field << 3) | (uint)type);

    private void RawVarint(ulong value)
    {
        var span = _buffer.GetSpan(10);
        var length = 0;
        while (value >= 0x80)
        {
            span[length++] = (byte)(value | 0x80);
            value >>= 7;
        }

        span[length++] = (byte)value;
        _buffer.Advance(length);
    }
}
