using Klever.Formats.Protobuf;
using static Klever.Samples.TensorFlowNodes;

namespace Klever.Samples;

/// <summary>A dense layer exported as TensorFlow 2 does it: the main graph is a call, the work is in functions, and
/// functions that save and restore stand beside it. Its weights are constants, so there is no
/// <c>variables/</c>.</summary>
internal static class SavedModelSample
{
    private const string Wrapper = "__inference_signature_wrapper_42";
    private const string Dense = "__inference_dense_17";

    public static IReadOnlyDictionary<string, byte[]> Files() =>
        new Dictionary<string, byte[]> { ["saved_model.pb"] = Model() };

    private static byte[] Model() => new ProtobufWriter()
        .Varint(1, 1)
        .Message(2, metaGraph => metaGraph
            .Message(1, info => info.Text(4, "serve").Text(5, "2.12.0"))
            .Message(2, Graph)
            .Message(5, entry => entry.Text(1, "__saved_model_init_op").Message(2, signature => signature
                .Message(2, output => output.Text(1, "__saved_model_init_op").Message(2, tensor => tensor
                    .Text(1, "NoOp").Message(3, shape => shape.Bool(3, true))))))
            .Message(5, entry => entry.Text(1, "serving_default").Message(2, signature => signature
                .Message(1, input => Tensor(input, "features", "serving_default_features:0", 4))
                .Message(2, output => Tensor(output, "scores", "PartitionedCall:0", 3))
                .Text(3, "tensorflow/serving/predict"))))
        .ToArray();

    private static void Graph(ProtobufWriter graph) => graph
        .Node(1, "serving_default_features", "Placeholder", [], Type("dtype", FloatType), Shape(-1, 4))
        .Node(1, "saver_filename", "Placeholder", [], Type("dtype", TextType), Shape())
        .Node(1, "PartitionedCall", "PartitionedCall", ["serving_default_features"],
            Types("Tin", FloatType), Types("Tout", FloatType), Function(Wrapper))
        .Node(1, "StatefulPartitionedCall", "StatefulPartitionedCall", ["saver_filename"],
            Types("Tin", TextType), Types("Tout", TextType), Function("__inference__traced_save_63"))
        .Node(1, "NoOp", "NoOp", [])
        .Message(2, library => library
            .Message(1, function => WrapperFunction(Signature(function, Wrapper, "features", "identity", FloatType)))
            .Message(1, function => DenseFunction(Signature(function, Dense, "features", "scores", FloatType)))
            .Message(1, function => SaveFunction(
                Signature(function, "__inference__traced_save_63", "file_prefix", "identity", TextType))))
        .Message(4, versions => versions.Varint(1, 1395).Varint(2, 12));

    private static void WrapperFunction(ProtobufWriter function) => function
        .Node(3, "PartitionedCall", "PartitionedCall", ["features"],
            Types("Tin", FloatType), Types("Tout", FloatType), Function(Dense))
        .Node(3, "Identity", "Identity", ["PartitionedCall:output:0"], Type("T", FloatType))
        .Message(4, result => result.Text(1, "identity").Text(2, "Identity:output:0"));

    private static void DenseFunction(ProtobufWriter function) => function
        .Node(3, "kernel", "Const", [], Type("dtype", FloatType), Weights(4, 3))
        .Node(3, "bias", "Const", [], Type("dtype", FloatType), Weights(3))
        .Node(3, "MatMul", "MatMul", ["features", "kernel:output:0"], Type("T", FloatType))
        .Node(3, "BiasAdd", "BiasAdd", ["MatMul:product:0", "bias:output:0"], Type("T", FloatType))
        .Node(3, "Softmax", "Softmax", ["BiasAdd:output:0"], Type("T", FloatType))
        .Message(4, result => result.Text(1, "scores").Text(2, "Softmax:softmax:0"));

    private static void SaveFunction(ProtobufWriter function) => function
        .Node(3, "Identity", "Identity", ["file_prefix"], Type("T", TextType))
        .Message(4, result => result.Text(1, "identity").Text(2, "Identity:output:0"));

    private static ProtobufWriter Signature(
        ProtobufWriter function, string name, string input, string output, int type) =>
        function.Message(1, signature => signature
            .Text(1, name)
            .Message(2, argument => argument.Text(1, input).Varint(3, type))
            .Message(3, argument => argument.Text(1, output).Varint(3, type)));

    private static void Tensor(ProtobufWriter entry, string key, string name, long size) => entry
        .Text(1, key)
        .Message(2, tensor => tensor
            .Text(1, name)
            .Varint(2, FloatType)
            .Message(3, shape => Dimensions(shape, -1, size)));
}
