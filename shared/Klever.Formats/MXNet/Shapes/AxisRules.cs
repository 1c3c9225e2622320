using Klever.Formats.Shapes;

namespace Klever.Formats.MXNet.Shapes;

/// <summary>Operations that join, reorder, add or drop axes.</summary>
internal static class AxisRules
{
    public static readonly IReadOnlyDictionary<string, Func<NodeShapes, long[]?[]>> Table =
        new Dictionary<string, Func<NodeShapes, long[]?[]>>
        {
            ["Flatten"] = node => [node.First is { Length: > 0 } input ? [input[0], Window.Product(input[1..])] : null],
            ["Reshape"] = node => [Reshape(node)],
            ["_npx_reshape"] = node => [NumpyReshape(node)],
            ["Concat"] = node => [Concat(node)],
            ["stack"] = node => [Stack(node)],
            ["transpose"] = node => [Transpose(node)],
            ["SwapAxis"] = node => [Swap(node)],
            ["expand_dims"] = node => [Expand(node)],
            ["squeeze"] = node => [Squeeze(node)],
            ["tile"] = node => [Tile(node)],
            ["repeat"] = node => [Repeat(node)],
            ["Pad"] = node => [Pad(node)],
            ["broadcast_to"] = node => [BroadcastTo(node)],
            ["broadcast_axis"] = node => [BroadcastAxis(node)],
            ["depth_to_space"] = node => [Blocks(node, toSpace: true)],
            ["space_to_depth"] = node => [Blocks(node, toSpace: false)],
        };

    private static long[]? Reshape(NodeShapes node)
    {
        var attributes = node.Attributes;
        if (attributes.Integers("shape") is { Count: > 0 } codes)
        {
            return ReshapeCodes.Apply(node.First, codes, attributes.Flag("reverse", fallback: false));
        }

        // Before 0.9: 0 is what is left.
        if (attributes.Integers("target_shape") is not { Count: > 0 } target)
        {
            return null;
        }

        var wanted = target.Select(size => size == 0 ? -1 : size).ToArray();
        if (attributes.Flag("keep_highest", fallback: false))
        {
            wanted[0] = node.First is { Length: > 0 } input ? input[0] : -1;
        }

        return ReshapeCodes.Apply(node.First, wanted, reverse: false);
    }

    private static long[]? NumpyReshape(NodeShapes node) =>
        node.Attributes.Integers("newshape") is { } given && ReshapeCodes.OfNumpy(given) is { } codes
            ? ReshapeCodes.Apply(node.First, codes, node.Attributes.Flag("reverse", fallback: false))
            : null;

    private static long[]? Concat(NodeShapes node)
    {
        var axis = node.Attributes.Integer("dim") ?? node.Attributes.Integer("axis") ?? 1;
        var sizes = node.Inputs
            .Select(size => size is not null && NodeShapes.Axis(size, axis) is { } index ? size[index] : -1).ToList();
        var known = node.Inputs.FirstOrDefault(size => size is not null);
        return NodeShapes.With(known, axis, _ => sizes.Contains(-1) ? -1 : sizes.Sum());
    }

    private static long[]? Stack(NodeShapes node) =>
        Insert(node.First, node.Attributes.Integer("axis", 0), node.Inputs.Count);

    private static long[]? Expand(NodeShapes node) => Insert(node.First, node.Attributes.Integer("axis", 0), 1);

    private static long[]? Insert(long[]? size, long axis, long dimension)
    {
        if (size is null)
        {
            return null;
        }

        var index = axis < 0 ? axis + size.Length + 1 : axis;
        return index < 0 || index > size.Length ? null : [.. size[..(int)index], dimension, .. size[(int)index..]];
    }

    private static long[]? Transpose(NodeShapes node)
    {
        if (node.First is not { } input)
        {
            return null;
        }

        var axes = node.Attributes.Integers("axes") is { Count: > 0 } named
            ? named.Select(axis => NodeShapes.Axis(input, axis)).ToList()
            : [.. Enumerable.Range(0, input.Length).Reverse().Select(axis => (int?)axis)];
        return axes.Contains(null) || axes.Count != input.Length ? null : [.. axes.Select(axis => input[axis!.Value])];
    }

    private static long[]? Swap(NodeShapes node)
    {
        if (node.First is not { } input
            || NodeShapes.Axis(input, node.Attributes.Integer("dim1", 0)) is not { } first
            || NodeShapes.Axis(input, node.Attributes.Integer("dim2", 0)) is not { } second)
        {
            return null;
        }

        var output = input.ToArray();
        (output[first], output[second]) = (output[second], output[first]);
        return output;
    }

    private static long[]? Squeeze(NodeShapes node)
    {
        if (node.First is not { } input)
        {
            return null;
        }

        if (node.Attributes.Integers("axis") is not { Count: > 0 } named)
        {
            return input.Contains(-1) ? null : [.. input.Where(size => size != 1)];
        }

        return NodeShapes.Axes(input, named) is { } axes ? [.. input.Where((_, axis) => !axes.Contains(axis))] : null;
    }

    private static long[]? Tile(NodeShapes node)
    {
        if (node.First is not { } input || node.Attributes.Integers("reps") is not { } times)
        {
            return null;
        }

        var rank = Math.Max(input.Length, times.Count);
        return
        [
            .. Enumerable.Range(0, rank).Select(axis => NodeShapes.Times(
                From(input, axis - (rank - input.Length)), From(times, axis - (rank - times.Count)))),
        ];

        static long From(IReadOnlyList<long> values, int index) => index < 0 ? 1 : values[index];
    }

    private static long[]? Repeat(NodeShapes node)
    {
        var times = node.Attributes.Integer("repeats", -1);
        return node.Attributes.Integer("axis") is { } axis
            ? NodeShapes.With(node.First, axis, size => NodeShapes.Times(size, times))
            : node.First is { } input ? [NodeShapes.Times(Window.Product(input), times)] : null;
    }

    private static long[]? Pad(NodeShapes node) =>
        node.First is { } input && node.Attributes.Integers("pad_width") is { } widths && widths.Count == 2 * input.Length
            ? [.. input.Select((size, axis) => size < 0 ? -1 : size + widths[2 * axis] + widths[(2 * axis) + 1])]
            : null;

    private static long[]? BroadcastTo(NodeShapes node) =>
        node.Attributes.Integers("shape") is { } wanted
            ?
            [
                .. wanted.Select((size, axis) =>
                    size != 0 ? size : node.First is { } input && axis < input.Length ? input[axis] : -1),
            ]
            : null;

    private static long[]? BroadcastAxis(NodeShapes node)
    {
        var sizes = node.Attributes.Integers("size");
        if (node.First is not { } input || node.Attributes.Integers("axis") is not { } axes || sizes?.Count != axes.Count)
        {
            return null;
        }

        var output = input;
        for (var i = 0; i < axes.Count; i++)
        {
            var size = sizes[i];
            output = NodeShapes.With(output, axes[i], _ => size);
        }

        return output;
    }

    private static long[]? Blocks(NodeShapes node, bool toSpace)
    {
        var block = node.Attributes.Integer("block_size", -1);
        if (node.First is not { Length: 4 } input || block <= 0 || block > ushort.MaxValue)
        {
            return null;
        }

        return toSpace
            ? [input[0], Divide(input[1], block * block), NodeShapes.Times(input[2], block), NodeShapes.Times(input[3], block)]
            : [input[0], NodeShapes.Times(input[1], block * block), Divide(input[2], block), Divide(input[3], block)];

        static long Divide(long size, long divisor) => size < 0 ? -1 : size / divisor;
    }
}
