using Klever.Formats.Protobuf;
using Klever.Samples;
using static Klever.Samples.TensorFlowNodes;

namespace Klever.Formats.Tests.GraphDef;

/// <summary>Nodes that the tests of shapes begin with.</summary>
internal static class GraphDefWriting
{
    public static ProtobufWriter X(this ProtobufWriter graph, params long[] size) =>
        graph.Node(1, "x", "Placeholder", [], Type("dtype", FloatType), Shape(size));

    public static ProtobufWriter Const(this ProtobufWriter graph, string name, params long[] size) =>
        graph.Node(1, name, "Const", [], Type("dtype", FloatType), Weights(size));

    public static ProtobufWriter Ints(this ProtobufWriter graph, string name, params int[] values) =>
        graph.Node(1, name, "Const", [], Type("dtype", IntegerType), Integers(values));

    public static ProtobufWriter Scalar(this ProtobufWriter graph, string name, int number) =>
        graph.Node(1, name, "Const", [], new NodeAttribute("value", value => value.Message(8, tensor => tensor
            .Varint(1, IntegerType).Message(2, _ => { }).Varint(7, number))));
}
