using Klever.Formats.Protobuf;

namespace Klever.Formats.Onnx;

/// <summary>Reads a TypeProto: a tensor, or a sequence, map or optional of types.</summary>
internal static class OnnxTypeReader
{
    public static OnnxType Read(ProtobufReader reader, string message)
    {
        var type = OnnxType.Unknown;
        foreach (var field in reader.EnterMessage(message))
        {
            type = field switch
            {
                1 => ReadTensor(reader, "tensor_type"),
                4 => OnnxType.Of($"seq({ReadElement(reader, "sequence_type").Name})"),
                5 => OnnxType.Of(ReadMap(reader)),
                7 => OnnxType.Of("opaque"),
                8 => ReadTensor(reader, "sparse_tensor_type"),
                9 => OnnxType.Of($"optional({ReadElement(reader, "optional_type").Name})"),
                _ => type,
            };
        }

        return type;
    }

    private static OnnxType ReadTensor(ProtobufReader reader, string message)
    {
        var type = OnnxType.Unknown;
        foreach (var field in reader.EnterMessage(message))
        {
            type = field switch
            {
                1 => type with { DType = OnnxElementTypes.Name(reader.ReadInt64("elem_type")) },
                2 => type with { Size = OnnxShapeReader.Read(reader) },
                _ => type,
            };
        }

        return type;
    }

    // Sequence and Optional are alike: elem_type = 1.
    private static OnnxType ReadElement(ProtobufReader reader, string message)
    {
        var element = OnnxType.Unknown;
        foreach (var field in reader.EnterMessage(message))
        {
            element = field == 1 ? Read(reader, "elem_type") : element;
        }

        return element;
    }

    private static string ReadMap(ProtobufReader reader)
    {
        var key = OnnxType.Unknown;
        var value = OnnxType.Unknown;
        foreach (var field in reader.EnterMessage("map_type"))
        {
            switch (field)
            {
                case 1:
                    key = new OnnxType(OnnxElementTypes.Name(reader.ReadInt64("key_type")), Size: null);
                    break;
                case 2:
                    value = Read(reader, "value_type");
                    break;
            }
        }

        return $"map({key.Name},{value.Name})";
    }
}
