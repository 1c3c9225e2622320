using System.Runtime.InteropServices;
using Klever.Formats.Protobuf;

namespace Klever.Samples;

/// <summary>A small image classifier with a symbolic batch: Conv, Relu, MaxPool, Flatten, Gemm, Softmax (IR 8, opset
/// 13).</summary>
internal static class OnnxSample
{
    private const int Float32 = 1;

    public static IReadOnlyDictionary<string, byte[]> Files() =>
        new Dictionary<string, byte[]> { ["classifier.onnx"] = Model() };

    private static byte[] Model() => new ProtobufWriter()
        .Varint(1, 8)
        .Text(2, "klever-samples")
        .Message(7, Graph)
        .Message(8, opset => opset.Text(1, "").Varint(2, 13))
        .ToArray();

    private static void Graph(ProtobufWriter graph) => graph
        .Message(1, node => Node(node, "Conv", ["image", "conv.weight", "conv.bias"], "conv").Message(5, pads => pads
            .Text(1, "pads").Packed(8, [1, 1, 1, 1]).Varint(20, 7)))
        .Message(1, node => Node(node, "Relu", ["conv"], "relu"))
        .Message(1, node => Node(node, "MaxPool", ["relu"], "pool")
            .Message(5, kernel => kernel.Text(1, "kernel_shape").Packed(8, [2, 2]).Varint(20, 7))
            .Message(5, strides => strides.Text(1, "strides").Packed(8, [2, 2]).Varint(20, 7)))
        .Message(1, node => Node(node, "Flatten", ["pool"], "features"))
        .Message(1, node => Node(node, "Gemm", ["features", "dense.weight", "dense.bias"], "logits")
            .Message(5, transpose => transpose.Text(1, "transB").Varint(3, 1).Varint(20, 2)))
        .Message(1, node => Node(node, "Softmax", ["logits"], "probabilities"))
        .Text(2, "classifier")
        .Message(5, tensor => Initializer(tensor, "conv.weight", [4, 1, 3, 3]))
        .Message(5, tensor => Initializer(tensor, "conv.bias", [4]))
        .Message(5, tensor => Initializer(tensor, "dense.weight", [3, 64]))
        .Message(5, tensor => Initializer(tensor, "dense.bias", [3]))
        .Message(11, input => Value(input, "image", [1, 8, 8]))
        .Message(12, output => Value(output, "probabilities", [3]));

    private static ProtobufWriter Node(ProtobufWriter node, string type, string[] inputs, string output)
    {
        foreach (var input in inputs)
        {
            node.Text(1, input);
        }

        return node.Text(2, output).Text(3, $"{type}_{output}").Text(4, type);
    }

    private static void Initializer(ProtobufWriter tensor, string name, long[] size) => tensor
        .Packed(1, size)
        .Varint(2, Float32)
        .Text(8, name)
        .Bytes(9, MemoryMarshal.AsBytes<float>(SampleWeights.Of(size)));

    // The batch is the symbol N.
    private static void Value(ProtobufWriter value, string name, long[] size) => value
        .Text(1, name)
        .Message(2, type => type.Message(1, tensor => tensor.Varint(1, Float32).Message(2, shape =>
        {
            shape.Message(1, dimension => dimension.Text(2, "N"));
            foreach (var length in size)
            {
                shape.Message(1, dimension => dimension.Varint(1, length));
            }
        })));
}
