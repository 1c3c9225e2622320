using Klever.Conversion.Onnx;
using Klever.Formats.MXNet;

namespace Klever.Conversion.MXNetToOnnx.Operations;

/// <summary>Operations that look elements up, or put them, by their places. MXNet gives places in any element
/// type.</summary>
internal static class IndexOperations
{
    public static readonly IReadOnlyDictionary<string, Action<NodeConversion>> Table =
        new Dictionary<string, Action<NodeConversion>>
        {
            ["Embedding"] = node => node.Emit("Gather", [node.Input(1), node.Cast(node.Input(0), "int64")]),
            ["take"] = Take,
            ["batch_take"] = node => Pick(node, node.Axis(1, "axis"), keepsAxis: false),
            ["pick"] = node => Pick(
                node, node.Axis("axis", -1), node.Attributes.Flag("keepdims", fallback: false)),
            ["one_hot"] = OneHot,
            ["gather_nd"] = node => node.Emit("GatherND", [node.Input(0), Places(node)]),
            ["scatter_nd"] = Scatter,
        };

    private static void Take(NodeConversion node)
    {
        var axis = node.Axis("axis", 0);
        node.Emit("Gather", [node.Input(0), Inside(node, axis)], OnnxAttribute.Of("axis", axis));
    }

    private static void Pick(NodeConversion node, int axis, bool keepsAxis)
    {
        var inside = Inside(node, axis);
        var places = node.Rank(1) == node.Rank() ? inside : node.Unsqueeze(inside, axis);
        var found = node.Step("GatherElements", [node.Input(0), places], OnnxAttribute.Of("axis", axis));
        if (keepsAxis)
        {
            node.Emit("Identity", [found]);
            return;
        }

        node.Onnx.Squeeze(found, [axis], node.Result);
    }

    /// <summary>The places of the second input, brought inside of an axis of the first as the mode says.</summary>
    private static string Inside(NodeConversion node, int axis)
    {
        var places = node.Cast(node.Input(1), "int64");
        return node.Attributes.Text("mode") switch
        {
            "raise" => places,
            "wrap" => node.Step("Mod", [places, node.Length(node.Input(0), axis)]),
            null or "clip" => Clipped(node, places, axis),
            var mode => throw NodeConversion.Refuse("mode", mode),
        };
    }

    // Without Clip, which takes no whole numbers in operator set 11.
    private static string Clipped(NodeConversion node, string places, int axis)
    {
        var (zero, one) = (node.Constants.Scalar(0, "int64"), node.Constants.Scalar(1, "int64"));
        var last = node.Size()[axis] is > 0 and var length
            ? node.Constants.Scalar(length - 1, "int64")
            : node.Step("Sub", [node.Length(node.Input(0), axis), one]);
        var low = node.Step("Where", [node.Step("Less", [places, zero]), zero, places]);
        return node.Step("Where", [node.Step("Greater", [low, last]), last, low]);
    }

    private static void OneHot(NodeConversion node)
    {
        var type = MXNetElementTypes.Parse(node.Attributes.Text("dtype")) ?? VariableTypes.DefaultDType;
        var values = node.Onnx.Floats(
            (float)node.Attributes.Number("off_value", 0), (float)node.Attributes.Number("on_value", 1));
        var depth = node.Onnx.Integers(node.Attributes.Integer("depth") ?? throw new Refusal("attribute depth is missing"));
        var result = type == VariableTypes.DefaultDType ? node.Result : node.Between("OneHot");
        node.Onnx.Add("OneHot", [InDepth(node), depth, values], result, OnnxAttribute.Of("axis", -1));
        if (result != node.Result)
        {
            node.Emit("Cast", [result], OnnxTypes.To(type));
        }
    }

    // ONNX counts a negative place from the end; in MXNet there is no such place, nor one at the depth.
    private static string InDepth(NodeConversion node)
    {
        var places = node.Cast(node.Input(0), "int64");
        var isNegative = node.Step("Less", [places, node.Constants.Scalar(0, "int64")]);
        var none = node.Constants.Scalar(node.Attributes.Integer("depth", 0), "int64");
        return node.Step("Where", [isNegative, none, places]);
    }

    private static void Scatter(NodeConversion node)
    {
        var size = node.Attributes.Integers("shape") ?? throw new Refusal("attribute shape is missing");
        var empty = node.Step("Expand", [node.Scalar(0), node.Onnx.Integers([.. size])]);
        node.Emit("ScatterND", [empty, Places(node), node.Input(0)]);
    }

    // The places of one element stand in the first axis of MXNet's indices, in the last of ONNX's.
    private static string Places(NodeConversion node) => node.Transpose(
        node.Cast(node.Input(1), "int64"),
        [.. AxisSteps.Axes(1, node.Rank(1) - 1), 0]);
}
