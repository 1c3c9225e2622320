using Klever.Formats.Protobuf;

namespace Klever.Conversion.H5ToSavedModel.TensorFlow;

/// <summary>Messages of <c>function.proto</c>. Inside of a function an input is an argument, or
/// <c>node:output:index</c>.</summary>
internal static class TfFunctionBytes
{
    /// <summary>Names that the operations of loops give their outputs (the OpDef of each).</summary>
    private static readonly Dictionary<string, string> OutputNames = new()
    {
        ["Abs"] = "y",
        ["AddV2"] = "z",
        ["BiasAdd"] = "output",
        ["Cast"] = "y",
        ["ConcatV2"] = "output",
        ["Const"] = "output",
        ["Conv2D"] = "output",
        ["Conv3D"] = "output",
        ["Elu"] = "activations",
        ["Erf"] = "y",
        ["Exp"] = "y",
        ["ExpandDims"] = "output",
        ["GatherV2"] = "output",
        ["Greater"] = "z",
        ["Identity"] = "output",
        ["LeakyRelu"] = "activations",
        ["Less"] = "z",
        ["LogSoftmax"] = "logsoftmax",
        ["MatMul"] = "product",
        ["Max"] = "output",
        ["Maximum"] = "z",
        ["Minimum"] = "z",
        ["Mul"] = "z",
        ["Neg"] = "y",
        ["RealDiv"] = "z",
        ["Relu"] = "activations",
        ["Relu6"] = "activations",
        ["SelectV2"] = "output",
        ["Selu"] = "activations",
        ["Sigmoid"] = "y",
        ["Softmax"] = "softmax",
        ["Softplus"] = "activations",
        ["Softsign"] = "activations",
        ["Split"] = "output",
        ["Sqrt"] = "y",
        ["Square"] = "y",
        ["Squeeze"] = "output",
        ["Sub"] = "z",
        ["Sum"] = "output",
        ["Tanh"] = "y",
        ["TensorListSetItem"] = "output_handle",
    };

    public static byte[] Write(TfFunction function)
    {
        var ops = function.Nodes.ToDictionary(node => node.Name, node => node.Op);
        var bytes = new ProtobufWriter().Message(1, signature =>
        {
            signature.Text(1, function.Name);
            function.Inputs.ToList().ForEach(input => WriteArgument(signature, 2, input.Name, input.Type));
            function.Outputs.ToList().ForEach(output => WriteArgument(signature, 3, output.Name, output.Type));
        });
        foreach (var node in function.Nodes)
        {
            var inner = node with { Inputs = [.. node.Inputs.Select(input => InFunction(input, ops))] };
            using var content = new MemoryStream();
            content.Write(TfGraphBytes.Head(inner));
            node.Value?.WriteTo(content);
            bytes.Bytes(3, content.ToArray());
        }

        foreach (var output in function.Outputs)
        {
            bytes.Message(4, entry => entry.Text(1, output.Name).Text(2, InFunction(output.Tensor, ops)));
        }

        return bytes.ToArray();
    }

    private static string InFunction(string tensor, Dictionary<string, string> ops)
    {
        var parts = tensor.Split(':');
        return ops.TryGetValue(parts[0], out var op)
            ? $"{parts[0]}:{OutputNames[op]}:{(parts.Length > 1 ? parts[1] : "0")}"
            : tensor;
    }

    private static void WriteArgument(ProtobufWriter signature, int field, string name, TfType type) =>
        signature.Message(field, argument => argument.Text(1, name).Varint(3, (int)type));
}
