using Klever.Conversion.Onnx;

namespace Klever.Conversion.MXNetToOnnx.Operations;

/// <summary>Operations that give a size, or take that of another input.</summary>
internal static class ShapeOperations
{
    private static readonly string[] Ends = ["lhs_begin", "lhs_end", "rhs_begin", "rhs_end"];

    public static readonly IReadOnlyDictionary<string, Action<NodeConversion>> Table =
        new Dictionary<string, Action<NodeConversion>>
        {
            ["shape_array"] = node => node.Emit("Shape", [node.Input(0)]),
            ["size_array"] = node => node.Onnx.Reshape(node.Step("Size", [node.Input(0)]), [1], node.Result),
            ["reshape_like"] = ReshapeLike,
            ["broadcast_like"] = BroadcastLike,
        };

    // Of both sizes a part may be named: the axes of the first between are replaced by those of the second.
    private static void ReshapeLike(NodeConversion node)
    {
        var like = node.Step("Shape", [node.Input(1)]);
        if (!Ends.Any(node.Attributes.Has))
        {
            node.Emit("Reshape", [node.Input(0), like]);
            return;
        }

        var own = node.Step("Shape", [node.Input(0)]);
        var (start, end) = (Place(node, "lhs_begin", 0, 0), Place(node, "lhs_end", node.Rank(), 0));
        var given = node.Slice(like, Place(node, "rhs_begin", 0, 1), Place(node, "rhs_end", node.Rank(1), 1), axis: 0);
        var size = node.Concat(0, node.Slice(own, 0, start, axis: 0), given, node.Slice(own, end, node.Rank(), axis: 0));
        node.Emit("Reshape", [node.Input(0), size]);
    }

    private static long Place(NodeConversion node, string name, long fallback, int input)
    {
        var place = node.Attributes.Integer(name, fallback);
        return place < 0 ? place + node.Rank(input) : place;
    }

    private static void BroadcastLike(NodeConversion node)
    {
        var like = node.Step("Shape", [node.Input(1)]);
        if (!node.Attributes.Has("lhs_axes"))
        {
            node.Emit("Expand", [node.Input(0), like]);
            return;
        }

        var own = node.Attributes.Integers("lhs_axes")!.Select(axis => node.Axis(axis, "lhs_axes")).ToList();
        var others = node.Attributes.Integers("rhs_axes") ?? throw new Refusal("attribute rhs_axes is missing");
        var sizes = Enumerable.Range(0, node.Rank()).Select(axis => own.IndexOf(axis) is >= 0 and var place
            ? node.Unsqueeze(node.Pick(like, node.Axis(others[place], "rhs_axes", index: 1), axis: 0), 0)
            : node.Onnx.Integers(1));
        node.Emit("Expand", [node.Input(0), node.Concat(0, [.. sizes])]);
    }
}
