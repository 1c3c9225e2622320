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
        foreach (var field in reader.EnterMessage("signature_def"))
        {
            switch (field)
            {
                case 1:
                    key = reader.ReadName("key");
                    break;
                case 2:
                    ReadSignature(reader, signature);
                    break;
            }
        }

        signatures[key] = signature;
    }

    private static void ReadSignature(ProtobufReader reader, SignatureDef signature)
    {
        foreach (var field in reader.EnterMessage("value"))
        {
            switch (field)
            {
                case 1:
                    ReadTensor(reader, "inputs", signature.Inputs);
                    break;
                case 2:
                    ReadTensor(reader, "outputs", signature.Outputs);
                    break;
            }
        }
    }

    private static void ReadTensor(ProtobufReader reader, string message, SortedDictionary<string, TensorInfo> tensors)
    {
        var key = "";
        var tensor = new TensorInfo(DType: null, Size: null, GraphTensors: []);
        foreach (var field in reader.EnterMessage(message))
        {
            switch (field)
            {
                case 1:
                    key = reader.ReadName("key");
                    break;
                case 2:
                    tensor = TensorInfoReader.Read(reader, "value");
                    break;
            }
        }

        tensors[key] = tensor;
    }
}
