using Klever.Formats.Protobuf;
using static Klever.Samples.TensorFlowNodes;

namespace Klever.Samples;

/// <summary>A frozen TensorFlow 1 graph: a convolution whose result is flattened with the batch taken from the input,
/// and a dense layer.</summary>
internal static class GraphDefSample
{
    public static IReadOnlyDictionary<string, byte[]> Files() =>
        new Dictionary<string, byte[]> { ["frozen.graphdef"] = Model() };

    private static byte[] Model() => new ProtobufWriter()
        .Node(1, "image", "Placeholder", [], Type("dtype", FloatType), Shape(-1, 8, 8, 1))
        .Node(1, "filter", "Const", [], Type("dtype", FloatType), Weights(3, 3, 1, 4))
        .Node(1, "Conv2D", "Conv2D", ["image", "filter"],
            Type("T", FloatType), Numbers("strides", 1, 2, 2, 1), Name("padding", "SAME"), Name("data_format", "NHWC"))
        .Node(1, "Relu", "Relu", ["Conv2D"], Type("T", FloatType))
        .Node(1, "shape", "Const", [], Type("dtype", IntegerType), Integers(-1, 64))
        .Node(1, "Reshape", "Reshape", ["Relu", "shape"], Type("T", FloatType), Type("Tshape", IntegerType))
        .Node(1, "weights", "Const", [], Type("dtype", FloatType), Weights(64, 3))
        .Node(1, "MatMul", "MatMul", ["Reshape", "weights"], Type("T", FloatType))
        .Node(1, "probabilities", "Softmax", ["MatMul"], Type("T", FloatType))
        .Message(4, versions => versions.Varint(1, 134))
        .ToArray();
}
