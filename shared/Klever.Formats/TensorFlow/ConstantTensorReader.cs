using System.Buffers.Binary;
using Klever.Formats.Protobuf;
using Klever.Formats.Shapes;

namespace Klever.Formats.TensorFlow;

/// <summary>Reads a TensorProto (tensor.proto): type, shape, and the elements of a small one of integers.</summary>
internal static class ConstantTensorReader
{
    /// <summary>Elements that are kept at most: shapes, axes and paddings have a handful, weights have more.</summary>
    public const int MaximumElements = 256;

    private const int Int32 = 3;
    private const int Int64 = 9;

    public static ConstantTensor Read(ProtobufReader reader)
    {
        var type = 0L;
        IReadOnlyList<long>? size = null;
        byte[]? content = null;
        var values = new List<long>();
        var areAllHeld = true;
        foreach (var field in reader.EnterMessage("tensor"))
        {
            switch (field)
            {
                case 1:
                    type = reader.ReadInt64("dtype");
                    break;
                case 2:
                    size = TensorShapeReader.Read(reader, "tensor_shape");
                    break;
                case 4 when reader.FieldLength <= MaximumElements * sizeof(long):
                    content = reader.ReadBytes("tensor_content", MaximumElements * sizeof(long));
                    break;
                case 4 or 5 or 6 or 8:
                    areAllHeld = false;
                    break;
                case 7 or 10 or 11 or 16 or 17:
                    areAllHeld &= reader.TryReadRepeatedInt64("values", values, MaximumElements);
                    break;
            }
        }

        reader.Hold(values.Count * sizeof(long));
        return new ConstantTensor(type, size, areAllHeld ? Elements(type, size, content, values) : null);
    }

    private static List<long>? Elements(long type, IReadOnlyList<long>? size, byte[]? content, List<long> values)
    {
        var count = Window.Product(size ?? []);
        if (count is < 0 or > MaximumElements || type is not (Int32 or Int64))
        {
            return null;
        }

        var elements = content is { Length: > 0 } ? Decode(content, type) : values;
        while (elements.Count > 0 && elements.Count < count)
        {
            // A list that is shorter than the shape goes on with its last element.
            elements.Add(elements[^1]);
        }

        return elements.Count == count ? elements : null;
    }

    private static List<long> Decode(ReadOnlySpan<byte> content, long type)
    {
        var elements = new List<long>();
        var width = type == Int32 ? sizeof(int) : sizeof(long);
        for (; content.Length >= width; content = content[width..])
        {
            elements.Add(type == Int32
                ? BinaryPrimitives.ReadInt32LittleEndian(content)
                : BinaryPrimitives.ReadInt64LittleEndian(content));
        }

        return elements;
    }
}
