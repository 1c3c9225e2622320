using Klever.Conversion.Onnx;

namespace Klever.Conversion.MXNetToOnnx.Operations;

/// <summary>ONNX operations whose axes became inputs in opset 13, and Softmax, which changed its meaning
/// there.</summary>
internal static class AxisSteps
{
    private const int AxesAreInputs = 13;

    public static void Unsqueeze(this NodeConversion node, string from, string to, params long[] axes) =>
        WithAxes(node, "Unsqueeze", from, to, axes);

    public static void Squeeze(this NodeConversion node, string from, string to, params long[] axes) =>
        WithAxes(node, "Squeeze", from, to, axes);

    public static void ReduceSum(this NodeConversion node, string from, string to, IReadOnlyList<long> axes, bool keepsAxes) =>
        WithAxes(node, "ReduceSum", from, to, axes, OnnxAttribute.Of("keepdims", keepsAxes ? 1 : 0));

    public static string ReduceSum(this NodeConversion node, string from, IReadOnlyList<long> axes)
    {
        var to = node.Onnx.Names.Get($"{node.Node.Name}/ReduceSum");
        node.ReduceSum(from, to, axes, keepsAxes: true);
        return to;
    }

    public static void Split(this NodeConversion node, string from, IReadOnlyList<string> to, long axis, IReadOnlyList<long> parts)
    {
        if (node.Onnx.Opset >= AxesAreInputs)
        {
            node.Onnx.Add("Split", [from, node.Onnx.Integers([.. parts])], to, OnnxAttribute.Of("axis", axis));
            return;
        }

        node.Onnx.Add("Split", [from], to, OnnxAttribute.Of("axis", axis), OnnxAttribute.Of("split", parts));
    }

    /// <summary>Softmax or LogSoftmax along one axis.</summary>
    public static void Softmax(this NodeConversion node, string operation, string from, string to, int axis, int rank)
    {
        if (node.Onnx.Opset >= AxesAreInputs || axis == rank - 1)
        {
            node.Onnx.Add(operation, [from], [to], OnnxAttribute.Of("axis", axis));
            return;
        }

        // Before opset 13 all axes from the given one on are taken together.
        var order = Enumerable.Range(0, rank).Select(i => (long)i).ToArray();
        (order[axis], order[^1]) = (order[^1], order[axis]);
        var turned = node.Step("Transpose", [from], OnnxAttribute.Of("perm", order));
        var result = node.Step(operation, [turned], OnnxAttribute.Of("axis", rank - 1));
        node.Onnx.Add("Transpose", [result], [to], OnnxAttribute.Of("perm", order));
    }

    private static void WithAxes(
        NodeConversion node, string operation, string from, string to, IReadOnlyList<long> axes, params OnnxAttribute[] others)
    {
        if (node.Onnx.Opset >= AxesAreInputs)
        {
            node.Onnx.Add(operation, [from, node.Onnx.Integers([.. axes])], [to], others);
            return;
        }

        node.Onnx.Add(operation, [from], [to], [OnnxAttribute.Of("axes", axes), .. others]);
    }
}
