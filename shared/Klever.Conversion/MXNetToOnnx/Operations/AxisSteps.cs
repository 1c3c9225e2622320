using Klever.Conversion.Onnx;

namespace Klever.Conversion.MXNetToOnnx.Operations;

/// <summary>Steps on the way to a result, each of which gives the name of what it gives.</summary>
internal static class AxisSteps
{
    /// <summary>Axes that follow each other; none where the number is not positive.</summary>
    public static long[] Axes(int first, int count) =>
        [.. Enumerable.Range(first, Math.Max(0, count)).Select(axis => (long)axis)];

    public static string Unsqueeze(this NodeConversion node, string from, params long[] axes) =>
        axes.Length == 0 ? from : node.Onnx.Unsqueeze(from, axes, node.Between("Unsqueeze"));

    public static string Squeeze(this NodeConversion node, string from, params long[] axes) =>
        node.Onnx.Squeeze(from, axes, node.Between("Squeeze"));

    public static string ReduceSum(this NodeConversion node, string from, params long[] axes) =>
        node.Onnx.Reduce("ReduceSum", from, axes, keepsDimensions: true, node.Between("ReduceSum"));

    public static string Reshape(this NodeConversion node, string from, params long[] size) =>
        node.Onnx.Reshape(from, size, node.Between("Reshape"));

    public static string Transpose(this NodeConversion node, string from, params long[] order) =>
        node.Onnx.Transpose(from, order, node.Between("Transpose"));

    public static string Cast(this NodeConversion node, string from, string type) =>
        node.Step("Cast", [from], OnnxTypes.To(type));

    /// <summary>Numbers of one dimension, in the element type of the first input.</summary>
    public static string Numbers(this NodeConversion node, params IEnumerable<double> numbers)
    {
        var constants = node.Onnx.Floats([.. numbers.Select(number => (float)number)]);
        return node.DType() == "float32" ? constants : node.Cast(constants, node.DType());
    }

    public static string Concat(this NodeConversion node, int axis, params string[] parts) =>
        node.Step("Concat", parts, OnnxAttribute.Of("axis", axis));

    /// <summary>The elements from <paramref name="start"/> up to, not with, <paramref name="end"/> of one axis.</summary>
    public static string Slice(this NodeConversion node, string from, long start, long end, int axis) => node.Step(
        "Slice", [from, node.Onnx.Integers(start), node.Onnx.Integers(end), node.Onnx.Integers(axis)]);

    /// <summary>One place of an axis, which is no axis of the result.</summary>
    public static string Pick(this NodeConversion node, string from, long place, int axis) => node.Step(
        "Gather", [from, node.Constants.Scalar(place, "int64")], OnnxAttribute.Of("axis", axis));

    /// <summary>The length of an axis when the model runs, as a scalar.</summary>
    public static string Length(this NodeConversion node, string of, int axis) =>
        node.Pick(node.Step("Shape", [of]), axis, axis: 0);

    /// <summary>0, 1, 2, … up to a scalar that is not one of them, as int64.</summary>
    public static string Places(this NodeConversion node, string count) => node.Step(
        "Range", [node.Constants.Scalar(0, "int64"), count, node.Constants.Scalar(1, "int64")]);

    /// <summary>The largest elements of an axis, largest first, and their places; of equals the first comes first.</summary>
    public static (string Values, string Places) TopK(this NodeConversion node, string from, long count, int axis) =>
        node.TopK(from, node.Onnx.Integers(count), axis);

    /// <param name="count">A tensor of one number.</param>
    /// <param name="ascends">Whether the smallest come first, and not the largest.</param>
    public static (string Values, string Places) TopK(this NodeConversion node, string from, string count, int axis, bool ascends = false)
    {
        var (values, places) = (node.Between("values"), node.Between("places"));
        node.Onnx.Add(
            "TopK", [from, count], [values, places], OnnxAttribute.Of("axis", axis), OnnxAttribute.Of("largest", ascends ? 0 : 1));
        return (values, places);
    }

    /// <summary>Rows of [batch, row, number], by places of [batch, place].</summary>
    public static string Rows(this NodeConversion node, string from, string places, long width)
    {
        var spread = node.Step("Expand", [node.Unsqueeze(places, 2), node.Onnx.Integers(1, 1, width)]);
        return node.Step("GatherElements", [from, spread], OnnxAttribute.Of("axis", 1));
    }

    /// <summary>Softmax or LogSoftmax along one axis.</summary>
    public static void Softmax(this NodeConversion node, string operation, string from, string to, int axis, int rank)
    {
        if (node.Onnx.Opset >= OnnxOperations.FirstWithSoftmaxOfOneAxis || axis == rank - 1)
        {
            node.Onnx.Add(operation, [from], to, OnnxAttribute.Of("axis", axis));
            return;
        }

        // Before, all axes from the given one on are taken together.
        var order = Enumerable.Range(0, rank).Select(i => (long)i).ToArray();
        (order[axis], order[^1]) = (order[^1], order[axis]);
        var result = node.Step(operation, [node.Transpose(from, order)], OnnxAttribute.Of("axis", rank - 1));
        node.Onnx.Transpose(result, order, to);
    }
}
