using System.Buffers.Binary;
using Klever.Conversion.Onnx;
using Klever.Formats.NetDef;
using Klever.Formats.Protobuf;

namespace Klever.Conversion.NetDefToOnnx;

/// <summary>The values of a fill operator as ONNX wants them. Caffe2 writes a tag before each number, so they are
/// rewritten, one buffer at a time.</summary>
internal static class NetValues
{
    private const int FloatsField = 5;
    private const int IntegersField = 6;
    private const int BytesField = 4;
    private const int TextsField = 7;

    /// <param name="count">How many values the shape asks for.</param>
    /// <param name="mismatch">The error to throw when there are more or fewer.</param>
    public static TensorContent Content(
        NetFile file, NetArgument values, OnnxElementType type, long count, Func<string, Exception> mismatch) =>
        new(count * type.Width(), stream =>
        {
            var reader = file.Open(values, out var slice);
            using (slice)
            using (var elements = new ElementWriter(stream, type))
            {
                while (reader.NextField() && elements.Count <= count)
                {
                    ReadField(reader, elements);
                }

                if (elements.Count != count)
                {
                    var found = elements.Count > count ? "more" : $"{elements.Count}";
                    throw mismatch($"its shape asks for {count} values and there are {found}");
                }
            }
        });

    private static void ReadField(ProtobufReader reader, ElementWriter elements)
    {
        switch (reader.Field)
        {
            case FloatsField when reader.WireType == WireType.Fixed32:
                elements.Add(reader.ReadFloat("floats"));
                break;
            case IntegersField when reader.WireType == WireType.Varint:
                elements.Add(reader.ReadInt64("ints"));
                break;
            case FloatsField or IntegersField:
                ReadPacked(reader, elements, isFloats: reader.Field == FloatsField);
                break;
            case BytesField or TextsField:
                elements.Add(reader.ReadBytes("strings", int.MaxValue / 2));
                break;
        }
    }

    private static void ReadPacked(ProtobufReader reader, ElementWriter elements, bool isFloats)
    {
        using (reader.EnterMessage("values"))
        {
            while (reader.Remaining > 0)
            {
                if (isFloats)
                {
                    elements.Add(reader.ReadPackedFloat());
                }
                else
                {
                    elements.Add(reader.ReadPackedInt64());
                }
            }
        }
    }

    /// <summary>Writes elements behind a buffer, each in the width of its type.</summary>
    private sealed class ElementWriter(Stream stream, OnnxElementType type) : IDisposable
    {
        private readonly byte[] _buffer = new byte[64 * 1024];
        private readonly int _width = type.Width();
        private int _filled;

        public long Count { get; private set; }

        public void Add(float value)
        {
            if (type == OnnxElementType.Float64)
            {
                BinaryPrimitives.WriteDoubleLittleEndian(Next(), value);
            }
            else
            {
                BinaryPrimitives.WriteSingleLittleEndian(Next(), value);
            }
        }

        public void Add(long value)
        {
            Span<byte> bytes = stackalloc byte[sizeof(long)];
            BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
            bytes[.._width].CopyTo(Next());
        }

        public void Add(ReadOnlySpan<byte> values)
        {
            foreach (var value in values)
            {
                Next()[0] = value;
            }
        }

        public void Dispose() => Flush();

        private Span<byte> Next()
        {
            if (_filled + _width > _buffer.Length)
            {
                Flush();
            }

            Count++;
            _filled += _width;
            return _buffer.AsSpan(_filled - _width, _width);
        }

        private void Flush()
        {
            stream.Write(_buffer, 0, _filled);
            _filled = 0;
        }
    }
}
