using Klever.Formats.Protobuf;

namespace Klever.Formats.SavedModel;

/// <summary>Reads a MetaGraphDef (meta_graph.proto).</summary>
internal static class MetaGraphReader
{
    public static MetaGraph Read(ProtobufReader reader)
    {
        var metaGraph = new MetaGraph();
        foreach (var field in reader.EnterMessage("meta_graphs"))
        {
            switch (field)
            {
                case 1:
                    ReadTags(reader, metaGraph.Tags);
                    break;
                case 2:
                    MainGraphReader.Read(reader, metaGraph);
                    break;
                case 5:
                    SignatureDefReader.ReadEntry(reader, metaGraph.Signatures);
                    break;
            }
        }

        return metaGraph;
    }

    // MetaInfoDef
    private static void ReadTags(ProtobufReader reader, HashSet<string> tags)
    {
        foreach (var field in reader.EnterMessage("meta_info_def"))
        {
            if (field == 4)
            {
                tags.Add(reader.ReadName("tags"));
            }
        }
    }
}
