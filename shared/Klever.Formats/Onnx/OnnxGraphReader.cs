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
                    graph.Outline.TryKeep(reader);
                    graph.Layers.Add(ReadOperationType(reader));
                    break;
                case 5:
                    ReadInitializer(reader, graph);
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
                    ReadSparseInitializer(reader, graph);
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
    private static void ReadInitializer(ProtobufReader reader, OnnxGraph graph)
    {
        var isKept = graph.Outline.TryKeep(reader);
        var name = "";
        var type = 0L;
        var size = new List<long>();
        foreach (var field in reader.EnterMessage("initializer"))
        {
            switch (field)
            {
                case 1 when !isKept:
                    reader.ReadRepeatedInt64("dims", size, reader.Limits.MaximumRank);
                    break;
                case 2 when !isKept:
                    type = reader.ReadInt64("data_type");
                    break;
                case 8:
                    name = reader.ReadName("name");
                    break;
            }
        }

        graph.Initializers.Add(name);
        if (!isKept)
        {
            graph.Outline.KeepTensor(name, type, size);
        }
    }

    // SparseTensorProto: its values are a TensorProto, which has the name.
    private static void ReadSparseInitializer(ProtobufReader reader, OnnxGraph graph)
    {
        foreach (var field in reader.EnterMessage("sparse_initializer"))
        {
            if (field == 1)
            {
                graph.Initializers.Add(ReadName(reader));
            }
        }
    }

    private static string ReadName(ProtobufReader reader)
    {
        var name = "";
        foreach (var field in reader.EnterMessage("values"))
        {
            if (field == 8)
            {
                name = reader.ReadName("name");
            }
        }

        return name;
    }
}
