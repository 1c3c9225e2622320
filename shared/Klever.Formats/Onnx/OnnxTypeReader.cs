using Klever.Formats.Protobuf;

namespace Klever.Formats.Onnx;

/// <summary>Reads a TypeProto: a tensor, or a sequence, map or optional of types.</summary>
internal static class OnnxTypeReader
{
    public static OnnxType Read(ProtobufReader reader, string field)
    {
        var type = OnnxType.Unknown;
        using (reader.EnterMessage(field))
        {
            while (reader.NextField())
            {
                type = reader.Field switch
                {
                    1 => ReadTensor(reader, "tensor_type"),
                    4 => OnnxType.Of($"seq({ReadElement(reader, "sequence_type").Name})"),
                    5 => OnnxType.Of(ReadMap(reader)),
                    7 => ReadOpaque(reader),
                    8 => ReadTensor(reader, "sparse_tensor_type"),
                    9 => OnnxType.Of($"optional({ReadElement(reader, "optional_type").Name})"),
                    _ => Skipped(reader, type),
                };
            }
        }

        return type;
    }

    private static OnnxType ReadTensor(ProtobufReader reader, string field)
    {
        var type = OnnxType.Unknown;
        using (reader.EnterMessage(field))
        {
            while (reader.NextField())
            {
                type = reader.Field switch
                {
                    1 => type with { DType = OnnxElementTypes.Name(reader.ReadInt64("elem_type")) },
                    2 => type with { Size = OnnxShapeReader.Read(reader) },
                    _ => Skipped(reader, type),
                };
            }
        }

        return type;
    }

    // Sequence and Optional are alike: elem_type = 1.
    private static OnnxType ReadElement(ProtobufReader reader, string field)
    {
        var element = OnnxType.Unknown;
        using (reader.EnterMessage(field))
        {
            while (reader.NextField())
            {
                element = reader.Field == 1 ? Read(reader, "elem_type") : Skipped(reader, element);
            }
        }

        return element;
    }

    private static string ReadMap(ProtobufReader reader)
    {
        var key = OnnxType.Unknown;
        var value = OnnxType.Unknown;
        using (reader.EnterMessage("map_type"))
        {
            while (reader.NextField())
            {
                switch (reader.Field)
                {
                    case 1:
                        key = new OnnxType(OnnxElementTypes.Name(reader.ReadInt64("key_type")), Size: null);
                        break;
                    case 2:
                        value = Read(reader, "value_type");
                        break;
                    default:
                        reader.Skip();
                        break;
                }
            }
        }

        return $"map({key.Name},{value.Name})";
    }

    private static OnnxType ReadOpaque(ProtobufReader reader)
    {
        reader.Skip();
        return OnnxType.Of("opaque");
    }

    private static OnnxType Skipped(ProtobufReader reader, OnnxType type)
    {
        reader.Skip();
        return type;
    }
}
