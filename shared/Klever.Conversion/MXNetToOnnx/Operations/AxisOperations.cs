using Klever.Conversion.Onnx;

namespace Klever.Conversion.MXNetToOnnx.Operations;

/// <summary>Operations that join, reorder, add or drop axes.</summary>
internal static class AxisOperations
{
    public static readonly IReadOnlyDictionary<string, Action<NodeConversion>> Table =
        new Dictionary<string, Action<NodeConversion>>
        {
            ["Flatten"] = node => node.Emit("Flatten", [node.Input(0)], OnnxAttribute.Of("axis", 1)),
            ["Reshape"] = ReshapeOperation.Convert,
            ["_npx_reshape"] = ReshapeOperation.ConvertNumpy,
            ["Concat"] = node => node.Emit(
                "Concat",
                node.Inputs,
                OnnxAttribute.Of("axis", node.Attributes.Integer("dim") ?? node.Attributes.Integer("axis", 1))),
            ["stack"] = Stack,
            ["transpose"] = Transpose,
            ["SwapAxis"] = Swap,
            ["expand_dims"] = ExpandDims,
            ["squeeze"] = Squeeze,
            ["tile"] = Tile,
            ["repeat"] = Repeat,
            ["Pad"] = Pad,
            ["broadcast_to"] = BroadcastTo,
            ["broadcast_axis"] = BroadcastAxis,
            ["depth_to_space"] = node => node.Emit("DepthToSpace", [node.Input(0)], Block(node)),
            ["space_to_depth"] = node => node.Emit("SpaceToDepth", [node.Input(0)], Block(node)),
        };

    private static OnnxAttribute Block(NodeConversion node) =>
        OnnxAttribute.Of(
            "blocksize", node.Attributes.Integer("block_size") ?? throw new Refusal("attribute block_size is missing"));

    private static void Stack(NodeConversion node)
    {
        var axis = node.Attributes.Integer("axis", 0);
        var position = axis < 0 ? axis + node.Rank() + 1 : axis;
        var parts = node.Inputs.Select(input => node.Unsqueeze(input, position)).ToList();
        node.Emit("Concat", parts, OnnxAttribute.Of("axis", position));
    }

    private static void Transpose(NodeConversion node)
    {
        if (node.Attributes.Integers("axes") is not { Count: > 0 } axes)
        {
            node.Emit("Transpose", [node.Input(0)]);
            return;
        }

        node.Emit("Transpose", [node.Input(0)], OnnxAttribute.Of("perm", axes.Select(axis => (long)node.Axis(axis, "axes"))));
    }

    private static void Swap(NodeConversion node)
    {
        var order = Enumerable.Range(0, node.Rank()).Select(i => (long)i).ToArray();
        var (first, second) = (node.Axis("dim1", 0), node.Axis("dim2", 0));
        (order[first], order[second]) = (order[second], order[first]);
        node.Emit("Transpose", [node.Input(0)], OnnxAttribute.Of("perm", order));
    }

    private static void ExpandDims(NodeConversion node)
    {
        var axis = node.Attributes.Integer("axis", 0);
        node.Onnx.Unsqueeze(node.Input(0), [axis < 0 ? axis + node.Rank() + 1 : axis], node.Result);
    }

    private static void Squeeze(NodeConversion node)
    {
        var size = node.Size();
        long[] axes = node.Attributes.Integers("axis") is { Count: > 0 } named
            ? [.. named.Select(axis => (long)node.Axis(axis, "axis"))]
            : [.. Enumerable.Range(0, size.Length).Where(axis => node.Dimension(axis) == 1).Select(axis => (long)axis)];
        node.Onnx.Squeeze(node.Input(0), axes, node.Result);
    }

    private static void Tile(NodeConversion node)
    {
        var times = node.Attributes.Integers("reps") ?? throw new Refusal("attribute reps is missing");
        var rank = node.Rank();
        var added = AxisSteps.Axes(0, times.Count - rank);
        var padded = Enumerable.Repeat(1L, Math.Max(0, rank - times.Count)).Concat(times);
        node.Emit("Tile", [node.Unsqueeze(node.Input(0), added), node.Onnx.Integers([.. padded])]);
    }

    // Each element of an axis several times in a row: a new axis behind it is stretched, and both become one.
    private static void Repeat(NodeConversion node)
    {
        var times = node.Attributes.Integer("repeats") ?? throw new Refusal("attribute repeats is missing");
        var isFlat = !node.Attributes.Has("axis");
        var axis = isFlat ? 0 : node.Axis("axis", 0);
        var size = isFlat ? new long[] { -1 } : node.Size();
        var apart = node.Unsqueeze(isFlat ? node.Reshape(node.Input(0), -1) : node.Input(0), axis + 1);
        var repeats = Enumerable.Range(0, size.Length + 1).Select(i => i == axis + 1 ? times : 1);
        var tiled = node.Step("Tile", [apart, node.Onnx.Integers([.. repeats])]);
        long[] joined = [.. size.Select((length, i) => i == axis ? -1 : i < axis ? 0 : length)];
        node.Emit("Reshape", [tiled, node.Onnx.Integers(joined)]);
    }

    // MXNet gives begin and end of each axis together, ONNX all beginnings before all ends.
    private static void Pad(NodeConversion node)
    {
        var mode = node.Attributes.Text("mode") ?? "constant";
        if (mode is not ("constant" or "edge" or "reflect"))
        {
            throw NodeConversion.Refuse("mode", mode);
        }

        var widths = node.Attributes.Integers("pad_width") ?? throw new Refusal("attribute pad_width is missing");
        var pads = widths.Where((_, i) => i % 2 == 0).Concat(widths.Where((_, i) => i % 2 == 1));
        node.Emit(
            "Pad",
            [node.Input(0), node.Onnx.Integers([.. pads]), node.Scalar(node.Attributes.Number("constant_value", 0))],
            OnnxAttribute.Of("mode", mode));
    }

    private static void BroadcastTo(NodeConversion node)
    {
        var wanted = node.Attributes.Integers("shape") ?? throw new Refusal("attribute shape is missing");
        node.Emit("Expand", [node.Input(0), node.Onnx.Integers([.. wanted.Select(size => size == 0 ? 1 : size)])]);
    }

    private static void BroadcastAxis(NodeConversion node)
    {
        var axes = node.Attributes.Integers("axis") ?? [];
        var sizes = node.Attributes.Integers("size") ?? [];
        var wanted = Enumerable.Repeat(1L, node.Rank()).ToArray();
        foreach (var (axis, size) in axes.Zip(sizes))
        {
            wanted[node.Axis(axis, "axis")] = size;
        }

        node.Emit("Expand", [node.Input(0), node.Onnx.Integers(wanted)]);
    }
}
