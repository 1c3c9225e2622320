using Klever.Formats.Protobuf;

namespace Klever.Formats.SavedModel;

/// <summary>Reads the map of signatures (meta_graph.proto, SignatureDef).</summary>
internal static class SignatureDefReader
{
    /// <summary>Reads one entry of MetaGraphDef.signature_def.</summary>
    public static void ReadEntry(ProtobufReader reader, SortedDictionary<string, SignatureDef> signatures)
    {
        var key = "";
        var signature = new SignatureDef();
        using (reader.EnterMessage("signature_def"))
        {
            while (reader.NextField())
            {
                switch (reader.Field)
                {
                    case 1:
                        key = reader.ReadName("key");
                        break;
                    case 2:
                        ReadSignature(reader, signature);
                        break;
                    default:
                        reader.Skip();
                        break;
                }
            }
        }

        signatures[key] = signature;
    }

    private static void ReadSignature(ProtobufReader reader, SignatureDef signature)
    {
        using (reader.EnterMessage("value"))
        {
            while (reader.NextField())
            {
                switch (reader.Field)
                {
                    case 1:
                        ReadTensor(reader, "inputs", signature.Inputs);
                        break;
                    case 2:
                        ReadTensor(reader, "outputs", signature.Outputs);
                        break;
                    default:
                        reader.Skip();
                        break;
                }
            }
        }
    }

    private static void ReadTensor(ProtobufReader reader, string field, SortedDictionary<string, TensorInfo> tensors)
    {
        var key = "";
        var tensor = new TensorInfo(DType: null, Size: null, GraphTensors: []);
        using (reader.EnterMessage(field))
        {
            while (reader.NextField())
            {
                switch (reader.Field)
                {
                    case 1:
                        key = reader.ReadName("key");
                        break;
                    case 2:
                        tensor = TensorInfoReader.Read(reader, "value");
                        break;
                    default:
                        reader.Skip();
                        break;
                }
            }
        }

        tensors[key] = tensor;
    }
}
