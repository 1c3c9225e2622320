using Klever.Formats.Protobuf;

namespace Klever.Formats.Onnx;

/// <summary>Reads a GraphProto: names, types and operation counts.</summary>
internal static class OnnxGraphReader
{
    public static void Read(ProtobufReader reader, OnnxGraph graph)
    {
        foreach (var field in reader.EnterMessage("graph"))
        {
            switch (field)
            {
                case 1:
                    graph.Layers.Add(ReadOperationType(reader));
                    break;
                case 5:
                    graph.Initializers.Add(ReadInitializerName(reader));
                    break;
                case 11:
                    graph.Inputs.Add(OnnxValueReader.Read(reader, "input"));
                    break;
                case 12:
                    graph.Outputs.Add(OnnxValueReader.Read(reader, "output"));
                    break;
                case 13 when !graph.OutputsAreDescribed:
                    var value = OnnxValueReader.Read(reader, "value_info");
                    graph.Values[value.Name] = value;
                    break;
                case 15:
                    graph.Initializers.Add(ReadSparseInitializerName(reader));
                    break;
            }
        }
    }

    // NodeProto. Attributes are passed over whole, and with them the constants and subgraphs they hold.
    private static string ReadOperationType(ProtobufReader reader)
    {
        reader.CountNode();
        var type = "";
        foreach (var field in reader.EnterMessage("node"))
        {
            if (field == 4)
            {
                type = reader.ReadRecurringName("op_type");
            }
        }

        return type;
    }

    // TensorProto
    private static string ReadInitializerName(ProtobufReader reader)
    {
        var name = "";
        foreach (var field in reader.EnterMessage("initializer"))
        {
            if (field == 8)
            {
                name = reader.ReadName("name");
            }
        }

        return name;
    }

    // SparseTensorProto: its values are a TensorProto, which has the name.
    private static string ReadSparseInitializerName(ProtobufReader reader)
    {
        var name = "";
        foreach (var field in reader.EnterMessage("sparse_initializer"))
        {
            if (field == 1)
            {
                name = ReadInitializerName(reader);
            }
        }

        return name;
    }
}
