using Klever.Formats.Protobuf;

namespace Klever.Formats.Onnx;

/// <summary>Reads a GraphProto: names, types and operation counts.</summary>
internal static class OnnxGraphReader
{
    public static void Read(ProtobufReader reader, OnnxGraph graph)
    {
        while (reader.NextField())
        {
            switch (reader.Field)
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
                default:
                    reader.Skip();
                    break;
            }
        }
    }

    // NodeProto. Attributes are passed over whole, and with them the constants and subgraphs they hold.
    private static string ReadOperationType(ProtobufReader reader)
    {
        reader.CountNode();
        var type = "";
        using (reader.EnterMessage("node"))
        {
            while (reader.NextField())
            {
                if (reader.Field == 4)
                {
                    type = reader.ReadRecurringName("op_type");
                }
                else
                {
                    reader.Skip();
                }
            }
        }

        return type;
    }

    // TensorProto
    private static string ReadInitializerName(ProtobufReader reader)
    {
        var name = "";
        using (reader.EnterMessage("initializer"))
        {
            while (reader.NextField())
            {
                if (reader.Field == 8)
                {
                    name = reader.ReadName("name");
                }
                else
                {
                    reader.Skip();
                }
            }
        }

        return name;
    }

    // SparseTensorProto: its values are a TensorProto, which has the name.
    private static string ReadSparseInitializerName(ProtobufReader reader)
    {
        var name = "";
        using (reader.EnterMessage("sparse_initializer"))
        {
            while (reader.NextField())
            {
                if (reader.Field == 1)
                {
                    name = ReadInitializerName(reader);
                }
                else
                {
                    reader.Skip();
                }
            }
        }

        return name;
    }
}
