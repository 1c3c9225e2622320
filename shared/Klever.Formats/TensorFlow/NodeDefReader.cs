using Klever.Formats.Protobuf;

namespace Klever.Formats.TensorFlow;

/// <summary>Reads a NodeDef (node_def.proto) with those attributes that say something of types and shapes.</summary>
internal static class NodeDefReader
{
    // What a node and an attribute cost beside their names.
    private const int NodeBytes = 160;
    private const int AttributeBytes = 64;

    public static GraphNode Read(ProtobufReader reader)
    {
        var node = new GraphNode();
        reader.CountNode();
        foreach (var field in reader.EnterMessage("node"))
        {
            switch (field)
            {
                case 1:
                    node.Name = reader.ReadRecurringName("name");
                    break;
                case 2:
                    node.Type = reader.ReadRecurringName("op");
                    break;
                case 3:
                    node.Inputs.Add(new NodeInput(reader.ReadRecurringName("input")));
                    break;
                case 5:
                    ReadAttribute(reader, node);
                    break;
            }
        }

        reader.Hold(NodeBytes + (node.Inputs.Count * sizeof(long)));
        return node;
    }

    // An entry of a map: a name and an AttrValue.
    private static void ReadAttribute(ProtobufReader reader, GraphNode node)
    {
        var name = "";
        AttributeValue? value = null;
        foreach (var field in reader.EnterMessage("attr"))
        {
            switch (field)
            {
                case 1:
                    name = reader.ReadRecurringName("key");
                    break;
                case 2:
                    value = AttributeReader.Read(reader);
                    break;
            }
        }

        if (value is { } present)
        {
            reader.Hold(AttributeBytes);
            node.Set(name, present);
        }
    }
}
