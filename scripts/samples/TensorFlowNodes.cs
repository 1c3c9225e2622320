using System.Runtime.InteropServices;
using Klever.Formats.Protobuf;

namespace Klever.Samples;

/// <summary>NodeDef and its attributes (node_def.proto, attr_value.proto), as GraphDef and SavedModel share
/// them.</summary>
internal static class TensorFlowNodes
{
    public const int FloatType = 1;
    public const int IntegerType = 3;
    public const int TextType = 7;

    /// <summary>Adds a node.</summary>
    /// <param name="field">1 in a GraphDef, 3 in a function.</param>
    public static ProtobufWriter Node(
        this ProtobufWriter graph,
        int field,
        string name,
        string type,
        string[] inputs,
        params NodeAttribute[] attributes) =>
        graph.Message(field, node =>
        {
            node.Text(1, name).Text(2, type);
            foreach (var input in inputs)
            {
                node.Text(3, input);
            }

            foreach (var attribute in attributes)
            {
                node.Message(5, entry => entry.Text(1, attribute.Name).Message(2, attribute.Write));
            }
        });

    public static NodeAttribute Type(string name, int type) => new(name, value => value.Varint(6, type));

    public static NodeAttribute Types(string name, params long[] types) =>
        new(name, value => value.Message(1, list => list.Packed(6, types)));

    public static NodeAttribute Shape(params long[] size) =>
        new("shape", value => value.Message(7, shape => Dimensions(shape, size)));

    public static NodeAttribute Function(string name) =>
        new("f", value => value.Message(10, function => function.Text(1, name)));

    public static NodeAttribute Name(string name, string text) => new(name, value => value.Text(2, text));

    public static NodeAttribute Numbers(string name, params long[] numbers) =>
        new(name, value => value.Message(1, list => list.Packed(3, numbers)));

    public static NodeAttribute Weights(params long[] size) => new("value", value => value.Message(8, tensor => tensor
        .Varint(1, FloatType)
        .Message(2, shape => Dimensions(shape, size))
        .Bytes(4, MemoryMarshal.AsBytes<float>(SampleWeights.Of(size)))));

    public static NodeAttribute Integers(params int[] values) => new("value", value => value.Message(8, tensor => tensor
        .Varint(1, IntegerType)
        .Message(2, shape => Dimensions(shape, [values.Length]))
        .Bytes(4, MemoryMarshal.AsBytes<int>(values))));

    /// <summary>Writes a TensorShapeProto.</summary>
    public static void Dimensions(ProtobufWriter shape, params long[] size)
    {
        foreach (var length in size)
        {
            shape.Message(2, dimension => dimension.Varint(1, length));
        }
    }
}
