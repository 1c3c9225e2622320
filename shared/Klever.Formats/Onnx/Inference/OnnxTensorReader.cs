using System.Buffers.Binary;
using Klever.Formats.Protobuf;
using Klever.Formats.Shapes;

namespace Klever.Formats.Onnx.Inference;

/// <summary>Reads a TensorProto of an outline: name, type, shape, and the elements of a small one of
/// integers.</summary>
internal static class OnnxTensorReader
{
    private const int MaximumElements = 256;
    private const int Int64 = 7;
    private const int Int32 = 6;

    public static (string Name, OnnxFact Fact) Read(ProtobufReader reader, string message)
    {
        var name = "";
        var type = 0L;
        var size = new List<long>();
        var elements = new List<long>();
        foreach (var field in reader.EnterMessage(message))
        {
            switch (field)
            {
                case 1:
                    reader.ReadRepeatedInt64("dims", size, reader.Limits.MaximumRank);
                    break;
                case 2:
                    type = reader.ReadInt64("data_type");
                    break;
                case 5 or 7:
                    reader.TryReadRepeatedInt64("data", elements, MaximumElements);
                    break;
                case 8:
                    name = reader.ReadName("name");
                    break;
                case 9 when reader.FieldLength <= MaximumElements * sizeof(long):
                    Decode(reader.ReadBytes("raw_data", MaximumElements * sizeof(long)), type, elements);
                    break;
            }
        }

        var isWhole = type is Int64 or Int32 && elements.Count == Window.Product(size);
        return (name, new OnnxFact(OnnxElementTypes.Name(type), new TensorFact(size, isWhole ? elements : null)));
    }

    private static void Decode(ReadOnlySpan<byte> bytes, long type, List<long> elements)
    {
        var width = type switch { Int64 => sizeof(long), Int32 => sizeof(int), _ => int.MaxValue };
        for (; bytes.Length >= width; bytes = bytes[width..])
        {
            elements.Add(type == Int64
                ? BinaryPrimitives.ReadInt64LittleEndian(bytes)
                : BinaryPrimitives.ReadInt32LittleEndian(bytes));
        }
    }
}
