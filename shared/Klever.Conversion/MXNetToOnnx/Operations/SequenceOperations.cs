using Klever.Conversion.Onnx;

namespace Klever.Conversion.MXNetToOnnx.Operations;

/// <summary>Operations on sequences of different lengths in one array, [time, item, …].</summary>
internal static class SequenceOperations
{
    public static readonly IReadOnlyDictionary<string, Action<NodeConversion>> Table =
        new Dictionary<string, Action<NodeConversion>>
        {
            ["RNN"] = RecurrentOperation.Convert,
            ["SequenceMask"] = Mask,
            ["SequenceLast"] = Last,
            ["SequenceReverse"] = Reverse,
            ["_contrib_arange_like"] = RangeLike,
        };

    private static bool HasLengths(NodeConversion node) => node.Attributes.Flag("use_sequence_length", fallback: false);

    private static string Lengths(NodeConversion node) => node.Cast(node.Input(1), "int64");

    private static int Time(NodeConversion node) => node.Attributes.Integer("axis", 0) switch
    {
        0 => 0,
        1 => 1,
        _ => throw NodeConversion.Refuse("axis", node.Attributes.Text("axis")),
    };

    private static long[] Behind(NodeConversion node, int axis) => AxisSteps.Axes(axis, node.Rank() - axis);

    private static void Mask(NodeConversion node)
    {
        if (!HasLengths(node))
        {
            LayerOperations.Same(node);
            return;
        }

        var time = Time(node);
        var places = node.Places(node.Length(node.Input(0), time));
        var isInside = time == 0
            ? node.Step("Less", [node.Unsqueeze(places, 1), Lengths(node)])
            : node.Step("Less", [places, node.Unsqueeze(Lengths(node), 1)]);
        node.Emit(
            "Where",
            [
                node.Unsqueeze(isInside, Behind(node, 2)), node.Input(0),
                node.Scalar(node.Attributes.Number("value", 0)),
            ]);
    }

    private static void Last(NodeConversion node)
    {
        var time = Time(node);
        if (!HasLengths(node))
        {
            node.Emit("Gather", [node.Input(0), node.Constants.Scalar(-1, "int64")], OnnxAttribute.Of("axis", time));
            return;
        }

        var last = node.Step("Sub", [Lengths(node), node.Constants.Scalar(1, "int64")]);
        var ofItems = node.Unsqueeze(last, [.. Behind(node, 1).Select(axis => axis == 1 ? time : axis)]);
        var size = node.Step("Shape", [node.Slice(node.Input(0), 0, 1, time)]);
        var places = node.Step("Expand", [ofItems, size]);
        var found = node.Step("GatherElements", [node.Input(0), places], OnnxAttribute.Of("axis", time));
        node.Onnx.Squeeze(found, [time], node.Result);
    }

    private static void Reverse(NodeConversion node)
    {
        if (node.Attributes.Integer("axis", 0) != 0)
        {
            throw NodeConversion.Refuse("axis", node.Attributes.Text("axis"));
        }

        if (HasLengths(node))
        {
            node.Emit(
                "ReverseSequence",
                [node.Input(0), Lengths(node)],
                OnnxAttribute.Of("time_axis", 0),
                OnnxAttribute.Of("batch_axis", 1));
            return;
        }

        node.Emit(
            "Slice",
            [
                node.Input(0), node.Onnx.Integers(-1), node.Onnx.Integers(long.MinValue + 1), node.Onnx.Integers(0),
                node.Onnx.Integers(-1),
            ]);
    }

    // As many numbers as an axis is long, or one for each element.
    private static void RangeLike(NodeConversion node)
    {
        var isWhole = !node.Attributes.Has("axis");
        var count = isWhole ? node.Step("Size", [node.Input(0)]) : node.Length(node.Input(0), node.Axis("axis", 0));
        var places = node.Places(count);
        var repeat = node.Attributes.Integer("repeat", 1);
        var steps = repeat == 1 ? places : node.Step("Div", [places, node.Constants.Scalar(repeat, "int64")]);
        var scaled = node.Step("Mul", [node.Cast(steps, node.DType()), node.Scalar(node.Attributes.Number("step", 1))]);
        var shifted = node.Step("Add", [scaled, node.Scalar(node.Attributes.Number("start", 0))]);
        node.Emit("Reshape", [shifted, isWhole ? node.Step("Shape", [node.Input(0)]) : node.Onnx.Integers(-1)]);
    }
}
