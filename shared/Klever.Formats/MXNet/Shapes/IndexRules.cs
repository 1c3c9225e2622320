using Klever.Formats.Shapes;

namespace Klever.Formats.MXNet.Shapes;

/// <summary>Operations that make or look up elements by index.</summary>
internal static class IndexRules
{
    public static readonly IReadOnlyDictionary<string, Func<NodeShapes, long[]?[]>> Table =
        new Dictionary<string, Func<NodeShapes, long[]?[]>>
        {
            ["take"] = node => [Take(node)],
            ["batch_take"] = node => [node.Input(1)],
            ["pick"] = node => [Pick(node)],
            ["gather_nd"] = node => [GatherNd(node)],
            ["one_hot"] = node => [node.First is { } input ? [.. input, node.Attributes.Integer("depth", -1)] : null],
            ["topk"] = TopK,
            ["argsort"] = node => [Ordered(node)],
            ["sort"] = node => [Ordered(node)],
            ["scatter_nd"] = node => [Given(node)],
            ["_zeros"] = node => [Given(node)],
            ["_ones"] = node => [Given(node)],
            ["_full"] = node => [Given(node)],
            ["_arange"] = node => [Range(node)],
            ["_contrib_arange_like"] = node => [RangeLike(node)],
            ["_eye"] = node => [Eye(node)],
        };

    private static long[]? Take(NodeShapes node) =>
        node.First is { } input && node.Input(1) is { } indices
            && NodeShapes.Axis(input, node.Attributes.Integer("axis", 0)) is { } axis
            ? [.. input[..axis], .. indices, .. input[(axis + 1)..]]
            : null;

    private static long[]? Pick(NodeShapes node)
    {
        if (node.First is not { } input || NodeShapes.Axis(input, node.Attributes.Integer("axis", -1)) is not { } axis)
        {
            return null;
        }

        return node.Attributes.Flag("keepdims", fallback: false)
            ? NodeShapes.With(input, axis, _ => 1)
            : [.. input[..axis], .. input[(axis + 1)..]];
    }

    private static long[]? GatherNd(NodeShapes node) =>
        node.First is { } input && node.Input(1) is { Length: > 0 } indices && indices[0] >= 0 && indices[0] <= input.Length
            ? [.. indices[1..], .. input[(int)indices[0]..]]
            : null;

    private static long[]?[] TopK(NodeShapes node)
    {
        var count = node.Attributes.Integer("k", 1);
        var kept = node.Attributes.Text("ret_typ") == "mask" ? node.First
            : IsFlat(node.Attributes) ? [count > 0 ? count : Ordered(node)?[0] ?? -1]
            : NodeShapes.With(node.First, node.Attributes.Integer("axis", -1), size => count > 0 ? count : size);
        return node.Attributes.Text("ret_typ") == "both" ? [kept, kept] : [kept];
    }

    private static long[]? Given(NodeShapes node) =>
        node.Attributes.Integers("shape") is { } shape ? [.. shape.Select(size => size > 0 ? size : -1)] : null;

    /// <summary>All elements are taken in a row: axis = None, which is not the same as no axis.</summary>
    public static bool IsFlat(SymbolAttributes attributes) => attributes.Values.ContainsKey("axis") && !attributes.Has("axis");

    private static long[]? Ordered(NodeShapes node) =>
        IsFlat(node.Attributes) && node.First is { } input ? [Window.Product(input)] : node.First;

    private static long[] Eye(NodeShapes node)
    {
        var rows = node.Attributes.Integer("N", -1);
        return [rows, node.Attributes.Integer("M", 0) is > 0 and var columns ? columns : rows];
    }

    private static long[]? RangeLike(NodeShapes node) =>
        node.First is not { } input || node.Attributes.Integer("axis") is not { } named ? node.First
        : NodeShapes.Axis(input, named) is { } axis ? [input[axis]]
        : null;

    private static long[]? Range(NodeShapes node)
    {
        var start = node.Attributes.Number("start", 0);
        var step = node.Attributes.Number("step", 1);
        if (!node.Attributes.Has("stop"))
        {
            return [-1];
        }

        var count = Math.Ceiling((node.Attributes.Number("stop", 0) - start) / step);
        var repeated = count * node.Attributes.Integer("repeat", 1);
        return [repeated is >= 0 and <= int.MaxValue ? (long)repeated : -1];
    }
}
