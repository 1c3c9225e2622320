using Klever.Formats.Protobuf;
using Klever.Models;

namespace Klever.Formats.Onnx;

/// <summary>Reads a ValueInfoProto: a name and a type.</summary>
internal static class OnnxValueReader
{
    public static Tensor Read(ProtobufReader reader, string field)
    {
        var name = "";
        var type = OnnxType.Unknown;
        using (reader.EnterMessage(field))
        {
            while (reader.NextField())
            {
                switch (reader.Field)
                {
                    case 1:
                        name = reader.ReadName("name");
                        break;
                    case 2:
                        type = OnnxTypeReader.Read(reader, "type");
                        break;
                    default:
                        reader.Skip();
                        break;
                }
            }
        }

        reader.Hold((type.Size?.Count ?? 0) * sizeof(long));
        return new Tensor { Name = name, DType = type.DType, Size = type.Size };
    }
}
