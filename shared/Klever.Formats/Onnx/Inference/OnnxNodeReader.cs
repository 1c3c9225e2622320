using Klever.Formats.Protobuf;

namespace Klever.Formats.Onnx.Inference;

/// <summary>Reads a NodeProto of an outline.</summary>
internal static class OnnxNodeReader
{
    private const int MaximumList = 256;

    public static OnnxNode Read(ProtobufReader reader)
    {
        var node = new OnnxNode();
        foreach (var field in reader.EnterMessage("node"))
        {
            switch (field)
            {
                case 1:
                    node.Inputs.Add(reader.ReadRecurringName("input"));
                    break;
                case 2:
                    node.Outputs.Add(reader.ReadRecurringName("output"));
                    break;
                case 4:
                    node.Type = reader.ReadRecurringName("op_type");
                    break;
                case 5:
                    ReadAttribute(reader, node);
                    break;
            }
        }

        return node;
    }

    private static void ReadAttribute(ProtobufReader reader, OnnxNode node)
    {
        var name = "";
        var list = new List<long>();
        foreach (var field in reader.EnterMessage("attribute"))
        {
            switch (field)
            {
                case 1:
                    name = reader.ReadRecurringName("name");
                    break;
                case 3:
                    node.Integers[name] = reader.ReadInt64("i");
                    break;
                case 4:
                    node.Texts[name] = reader.ReadName("s");
                    break;
                case 5:
                    node.Tensor = OnnxTensorReader.Read(reader, "t").Fact;
                    break;
                case 8:
                    reader.TryReadRepeatedInt64("ints", list, MaximumList);
                    break;
            }
        }

        if (list.Count > 0)
        {
            node.Lists[name] = list;
        }
    }
}
