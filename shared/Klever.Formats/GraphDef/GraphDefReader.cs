using Klever.Formats.Protobuf;
using Klever.Formats.TensorFlow;
using Klever.Models;

namespace Klever.Formats.GraphDef;

/// <summary>Reads <c>*.graphdef</c>, a binary GraphDef (graph.proto). It names no inputs and outputs: placeholders go
/// in, what no node consumes comes out, and the size of that is inferred.</summary>
internal sealed class GraphDefReader(Signature declared) : IModelReader
{
    private Graph? _graph;

    public FileUse Use(string path) => ModelFormat.GraphDef.Requires[0].Matches(path) ? FileUse.Forward : FileUse.Skip;

    public void Read(ModelFile file)
    {
        var reader = new ProtobufReader(file);
        var graph = new Graph();
        while (reader.NextField())
        {
            switch (reader.Field)
            {
                case 1:
                    graph.Add(NodeDefReader.Read(reader));
                    break;
                case 4:
                    graph.Producer = ReadProducer(reader);
                    break;
            }
        }

        _graph = graph.Nodes.Count > 0 ? graph : throw file.NotTheFormat("the graph has no nodes (field 1)");
    }

    public Signature Complete() => new GraphSignature(_graph!, declared).ToSignature();

    // VersionDef
    private static long ReadProducer(ProtobufReader reader)
    {
        var producer = 0L;
        foreach (var field in reader.EnterMessage("versions"))
        {
            producer = field == 1 ? reader.ReadInt64("producer") : producer;
        }

        return producer;
    }
}
