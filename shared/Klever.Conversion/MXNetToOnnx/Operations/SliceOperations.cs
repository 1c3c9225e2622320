using Klever.Conversion.Onnx;

namespace Klever.Conversion.MXNetToOnnx.Operations;

/// <summary>Operations that cut arrays.</summary>
internal static class SliceOperations
{
    public static readonly IReadOnlyDictionary<string, Action<NodeConversion>> Table =
        new Dictionary<string, Action<NodeConversion>>
        {
            ["SliceChannel"] = Split,
            ["_split_v2"] = SplitAt,
            ["slice"] = Slice,
            ["slice_axis"] = SliceAxis,
            ["slice_like"] = SliceLike,
            ["Crop"] = Crop,
            ["reverse"] = Reverse,
        };

    private static void Split(NodeConversion node)
    {
        var parts = node.Attributes.Integer("num_outputs", 1);
        var axis = node.Axis("axis", 1);
        var size = node.Dimension(axis);
        if (parts < 1 || size % parts != 0)
        {
            throw NodeConversion.Refuse("num_outputs", node.Attributes.Text("num_outputs"));
        }

        Split(node, axis, [.. Enumerable.Repeat(size / parts, (int)parts)]);
    }

    private static void SplitAt(NodeConversion node)
    {
        var axis = node.Axis("axis", 0);
        var size = node.Dimension(axis);
        var sections = node.Attributes.Integer("sections", 0);
        var starts = node.Attributes.Integers("indices") ?? [0];
        if (sections > 0 ? size % sections != 0 : starts.Count == 0)
        {
            throw NodeConversion.Refuse("sections", node.Attributes.Text("sections"));
        }

        Split(node, axis, sections > 0
            ? [.. Enumerable.Repeat(size / sections, (int)sections)]
            : [.. starts.Select((start, i) => (i + 1 < starts.Count ? starts[i + 1] : size) - start)]);
    }

    private static void Split(NodeConversion node, int axis, long[] parts)
    {
        var outputs = Enumerable.Range(0, parts.Length).Select(node.Output).ToList();
        if (!node.Attributes.Flag("squeeze_axis", fallback: false))
        {
            node.Onnx.Split(node.Input(0), axis, parts, outputs);
            return;
        }

        var pieces = outputs.ConvertAll(_ => node.Between("part"));
        node.Onnx.Split(node.Input(0), axis, parts, pieces);
        foreach (var (piece, output) in pieces.Zip(outputs))
        {
            node.Onnx.Squeeze(piece, [axis], output);
        }
    }

    private static void Slice(NodeConversion node)
    {
        var begin = node.Attributes.OptionalIntegers("begin") ?? throw new Refusal("attribute begin is missing");
        var end = node.Attributes.OptionalIntegers("end") ?? throw new Refusal("attribute end is missing");
        var step = node.Attributes.OptionalIntegers("step") ?? [];
        long[] steps = [.. begin.Select((_, i) => step.ElementAtOrDefault(i) ?? 1)];
        Emit(
            node,
            node.Result,
            [.. begin.Select((start, i) => start ?? (steps[i] > 0 ? 0 : long.MaxValue))],
            [.. end.Select((stop, i) => stop ?? (steps[i] > 0 ? long.MaxValue : long.MinValue + 1))],
            [.. begin.Select((_, i) => (long)i)],
            steps);
    }

    private static void SliceAxis(NodeConversion node) => Emit(
        node,
        node.Result,
        [node.Attributes.Integer("begin", 0)],
        [node.Attributes.Integer("end", long.MaxValue)],
        [node.Axis("axis", 0)],
        [1]);

    // Axes that are free in both, such as the batch, stay.
    private static void SliceLike(NodeConversion node)
    {
        var (size, like) = (node.Size(), node.Size(1));
        var named = node.Attributes.Integers("axes") is { Count: > 0 } axes
            ? [.. axes.Select(axis => node.Axis(axis, "axes"))]
            : Enumerable.Range(0, Math.Min(size.Length, like.Length)).ToList();
        var cut = named.Where(axis => like[axis] >= 0 || size[axis] >= 0).ToList();
        if (cut.Count == 0)
        {
            LayerOperations.Same(node);
            return;
        }

        var ends = cut.TrueForAll(axis => like[axis] >= 0)
            ? node.Onnx.Integers([.. cut.Select(axis => like[axis])])
            : node.Concat(0, [.. cut.Select(axis => node.Unsqueeze(node.Length(node.Input(1), axis), 0))]);
        node.Emit(
            "Slice",
            [
                node.Input(0), node.Onnx.Integers([.. cut.Select(_ => 0L)]), ends,
                node.Onnx.Integers([.. cut.Select(axis => (long)axis)]),
            ]);
    }

    private static void Crop(NodeConversion node)
    {
        long[] wanted = node.Inputs.Count > 1
            ? [node.Dimension(2, index: 1), node.Dimension(3, index: 1)]
            : [.. node.Attributes.Integers("h_w") ?? throw new Refusal("attribute h_w is missing")];
        var offset = node.Attributes.Integers("offset") ?? [0, 0];
        if (wanted.Length != 2 || offset.Count != 2)
        {
            throw new Refusal("attributes h_w and offset take two numbers");
        }

        var centers = node.Attributes.Flag("center_crop", fallback: false);
        long[] starts = [.. wanted.Select((size, i) => centers ? (node.Dimension(2 + i) - size) / 2 : offset[i])];
        Emit(node, node.Result, starts, [.. starts.Zip(wanted, (start, size) => start + size)], [2, 3], [1, 1]);
    }

    private static void Reverse(NodeConversion node)
    {
        var axes = node.Attributes.Integers("axis") ?? throw new Refusal("attribute axis is missing");
        Emit(
            node,
            node.Result,
            [.. axes.Select(_ => -1L)],
            [.. axes.Select(_ => long.MinValue + 1)],
            [.. axes.Select(axis => (long)node.Axis(axis, "axis"))],
            [.. axes.Select(_ => -1L)]);
    }

    private static void Emit(NodeConversion node, string to, long[] starts, long[] ends, long[] axes, long[] steps) =>
        node.Onnx.Add(
            "Slice",
            [
                node.Input(0), node.Onnx.Integers(starts), node.Onnx.Integers(ends), node.Onnx.Integers(axes),
                node.Onnx.Integers(steps),
            ],
            [to]);
}
