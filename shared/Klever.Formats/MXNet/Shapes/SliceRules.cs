namespace Klever.Formats.MXNet.Shapes;

/// <summary>Operations that cut arrays.</summary>
internal static class SliceRules
{
    public static readonly IReadOnlyDictionary<string, Func<NodeShapes, long[]?[]>> Table =
        new Dictionary<string, Func<NodeShapes, long[]?[]>>
        {
            ["SliceChannel"] = Split,
            ["_split_v2"] = SplitAt,
            ["slice"] = node => [Slice(node)],
            ["slice_axis"] = node => [SliceAxis(node)],
            ["slice_like"] = node => [SliceLike(node)],
            ["Crop"] = node => [Crop(node)],
            ["SequenceLast"] = node => [SequenceLast(node)],
        };

    private const int MaximumParts = 4096;

    private static long[]?[] Split(NodeShapes node)
    {
        var parts = node.Attributes.Integer("num_outputs", 1);
        if (parts is < 1 or > MaximumParts)
        {
            return [null];
        }

        var axis = node.Attributes.Integer("axis", 1);
        var part = NodeShapes.With(node.First, axis, size => size < 0 ? -1 : size / parts);
        if (part is not null && node.Attributes.Flag("squeeze_axis", fallback: false))
        {
            part = Without(part, NodeShapes.Axis(part, axis)!.Value);
        }

        return [.. Enumerable.Repeat(part, (int)parts)];
    }

    // Sections of one size, or the places where to cut; the first place is 0.
    private static long[]?[] SplitAt(NodeShapes node)
    {
        var axis = node.Attributes.Integer("axis", 0);
        var sections = node.Attributes.Integer("sections", 0);
        var starts = node.Attributes.Integers("indices") ?? [];
        var count = sections > 0 ? sections : starts.Count;
        if (count > MaximumParts)
        {
            return [null];
        }

        return
        [
            .. Enumerable.Range(0, (int)count).Select(part => NodeShapes.With(node.First, axis, size =>
                sections > 0 ? (size < 0 ? -1 : size / sections)
                : (part + 1 < starts.Count ? starts[part + 1] : size) is var end && end >= 0 ? end - starts[part]
                : -1)),
        ];
    }

    private static long[]? Slice(NodeShapes node)
    {
        var (begin, end) = (node.Attributes.OptionalIntegers("begin"), node.Attributes.OptionalIntegers("end"));
        var step = node.Attributes.OptionalIntegers("step") ?? [];
        if (node.First is not { } input || begin is null || end is null || begin.Count > input.Length || end.Count < begin.Count)
        {
            return null;
        }

        var output = input.ToArray();
        for (var axis = 0; axis < begin.Count; axis++)
        {
            output[axis] = Length(input[axis], begin[axis], end[axis], step.ElementAtOrDefault(axis) ?? 1);
        }

        return output;
    }

    private static long[]? SliceAxis(NodeShapes node) => NodeShapes.With(
        node.First,
        node.Attributes.Integer("axis", 0),
        size => Length(size, node.Attributes.Integer("begin"), node.Attributes.Integer("end"), step: 1));

    private static long Length(long size, long? begin, long? end, long step)
    {
        if (step == 0 || step == long.MinValue)
        {
            return -1;
        }

        if (size < 0)
        {
            return step == 1 && begin is >= 0 && end is >= 0 ? Math.Max(0, end.Value - begin.Value) : -1;
        }

        var first = Place(begin, size, step > 0 ? 0 : size - 1);
        var last = end is null ? (step > 0 ? size : -1) : Place(end, size, fallback: 0);
        var length = step > 0 ? last - first : first - last;
        return length <= 0 ? 0 : ((length - 1) / Math.Abs(step)) + 1;
    }

    private static long Place(long? place, long size, long fallback) =>
        place is null ? fallback : Math.Clamp(place < 0 ? place.Value + size : place.Value, 0, size);

    private static long[]? SliceLike(NodeShapes node)
    {
        if (node.First is not { } input || node.Input(1) is not { } like)
        {
            return null;
        }

        if (NodeShapes.Axes(input, node.Attributes.Integers("axes")) is not { } axes)
        {
            return null;
        }

        return [.. input.Select((size, axis) => axes.Contains(axis) && axis < like.Length ? like[axis] : size)];
    }

    private static long[]? Crop(NodeShapes node)
    {
        if (node.First is not { Length: 4 } input)
        {
            return null;
        }

        var target = node.Attributes.Integers("h_w");
        return node.Node.Inputs.Count > 1
            ? node.Input(1) is { Length: 4 } like ? [input[0], input[1], like[2], like[3]] : null
            : target is { Count: 2 } ? [input[0], input[1], target[0], target[1]] : null;
    }

    private static long[]? SequenceLast(NodeShapes node) =>
        node.First is { } input && NodeShapes.Axis(input, node.Attributes.Integer("axis", 0)) is { } axis
            ? Without(input, axis)
            : null;

    private static long[] Without(long[] size, int axis) => [.. size[..axis], .. size[(axis + 1)..]];
}
