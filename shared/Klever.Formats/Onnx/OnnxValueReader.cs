using Klever.Formats.Protobuf;
using Klever.Models;

namespace Klever.Formats.Onnx;

/// <summary>Reads a ValueInfoProto: a name and a type.</summary>
internal static class OnnxValueReader
{
    public static Tensor Read(ProtobufReader reader, string message)
    {
        var name = "";
        var type = OnnxType.Unknown;
        foreach (var field in reader.EnterMessage(message))
        {
            switch (field)
            {
                case 1:
                    name = reader.ReadName("name");
                    break;
                case 2:
                    type = OnnxTypeReader.Read(reader, "type");
                    break;
            }
        }

        reader.Hold((type.Size?.Count ?? 0) * sizeof(long));
        return new Tensor { Name = name, DType = type.DType, Size = type.Size };
    }
}
