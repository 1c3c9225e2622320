using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Klever.Conversion.Tests.H5ToSavedModel.Evaluation;

/// <summary>A protobuf message taken apart without any schema: what the tests read is not read by the code that wrote
/// it.</summary>
internal sealed class WireMessage
{
    private readonly List<(int Field, ulong Number, ReadOnlyMemory<byte> Bytes)> _fields = [];

    public WireMessage(ReadOnlyMemory<byte> content)
    {
        var position = 0;
        while (position < content.Length)
        {
            var tag = Varint(content.Span, ref position);
            switch (tag & 7)
            {
                case 0:
                    _fields.Add(((int)(tag >> 3), Varint(content.Span, ref position), default));
                    break;
                case 2:
                    var length = (int)Varint(content.Span, ref position);
                    _fields.Add(((int)(tag >> 3), 0, content.Slice(position, length)));
                    position += length;
                    break;
                case 5:
                    _fields.Add(((int)(tag >> 3), BinaryPrimitives.ReadUInt32LittleEndian(content.Span[position..]), default));
                    position += 4;
                    break;
                default:
                    throw new InvalidDataException($"wire type {tag & 7}");
            }
        }
    }

    public bool Has(int field) => _fields.Exists(f => f.Field == field);

    public ulong Number(int field) => _fields.FindLast(f => f.Field == field).Number;

    public int Integer(int field) => (int)Number(field);

    public float Real(int field) => BitConverter.UInt32BitsToSingle((uint)Number(field));

    public ReadOnlyMemory<byte> Bytes(int field) => _fields.FindLast(f => f.Field == field).Bytes;

    public string Text(int field) => Encoding.UTF8.GetString(Bytes(field).Span);

    public WireMessage Message(int field) => new(Bytes(field));

    public IEnumerable<WireMessage> Messages(int field) => _fields.Where(f => f.Field == field).Select(f => new WireMessage(f.Bytes));

    public IEnumerable<string> Texts(int field) => _fields.Where(f => f.Field == field).Select(f => Encoding.UTF8.GetString(f.Bytes.Span));

    public float[] Floats(int field) =>
        [.. _fields.Where(f => f.Field == field).SelectMany(f => MemoryMarshal.Cast<byte, float>(f.Bytes.Span).ToArray())];

    public IReadOnlyList<int> Packed(int field)
    {
        var numbers = new List<int>();
        foreach (var (_, number, bytes) in _fields.Where(f => f.Field == field))
        {
            var position = 0;
            while (position < bytes.Length)
            {
                numbers.Add((int)Varint(bytes.Span, ref position));
            }

            if (bytes.IsEmpty)
            {
                numbers.Add((int)number);
            }
        }

        return numbers;
    }

    public static ulong Varint(ReadOnlySpan<byte> bytes, ref int position)
    {
        var value = 0ul;
        for (var shift = 0; ; shift += 7)
        {
            var next = bytes[position++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }
    }
}
