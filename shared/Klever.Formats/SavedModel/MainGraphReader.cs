using Klever.Formats.Protobuf;

namespace Klever.Formats.SavedModel;

/// <summary>Reads a GraphDef for its operation counts and calls (graph.proto, node_def.proto,
/// function.proto).</summary>
internal static class MainGraphReader
{
    public static void Read(ProtobufReader reader, MetaGraph metaGraph)
    {
        foreach (var field in reader.EnterMessage("graph_def"))
        {
            switch (field)
            {
                case 1:
                    ReadNode(reader, metaGraph.Graph);
                    break;
                case 2:
                    FunctionLibraryReader.Read(reader, metaGraph.Library);
                    break;
            }
        }
    }

    private static void ReadNode(ProtobufReader reader, MainGraph graph)
    {
        var name = "";
        var type = "";
        List<string> inputs = [];
        List<string> functions = [];
        reader.CountNode();
        foreach (var field in reader.EnterMessage("node"))
        {
            switch (field)
            {
                case 1:
                    name = reader.ReadRecurringName("name");
                    break;
                case 2:
                    type = reader.ReadRecurringName("op");
                    break;
                case 3:
                    inputs.Add(reader.ReadRecurringName("input"));
                    break;
                case 5:
                    FunctionAttributeReader.Read(reader, functions.Add);
                    break;
            }
        }

        reader.Hold(sizeof(long) * (inputs.Count + functions.Count));
        graph.Add(name, new MainGraphNode(type, inputs, functions));
    }
}
