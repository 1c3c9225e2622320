using Klever.Formats.Shapes;

namespace Klever.Formats.Keras.Shapes;

/// <summary>Layers of several inputs.</summary>
internal static class MergeShapes
{
    public static IEnumerable<KeyValuePair<string, KerasShapeRule>> Rules { get; } =
    [
        new("Add", Elementwise), new("Subtract", Elementwise), new("Multiply", Elementwise),
        new("Average", Elementwise), new("CustomScaleLayer", Elementwise),
        new("Maximum", Elementwise), new("Minimum", Elementwise),
        new("Concatenate", call => Concatenate(call, call.Config.Integer("axis") ?? -1)),
        new("Dot", call => Dot(call, "axes")),
        new("Merge", Merge),
    ];

    /// <summary>Inputs stretched to each other; the batch stays in front.</summary>
    internal static IReadOnlyList<IReadOnlyList<long>?> Elementwise(KerasCall call)
    {
        if (call.Inputs.Count == 0 || call.Inputs.Any(input => input.Size is null or []))
        {
            return Dimensions.Nothing;
        }

        var rank = call.Inputs.Max(input => input.Size!.Count);
        var output = Enumerable.Repeat(1L, rank).ToArray();
        foreach (var size in call.Inputs.Select(input => input.Size!))
        {
            for (var i = 1; i < size.Count; i++)
            {
                output[rank - i] = Dimensions.Broadcast(output[rank - i], size[^i]);
            }
        }

        var batches = call.Inputs.Select(input => input.Size![0]).Distinct().ToList();
        output[0] = batches.Count == 1 ? batches[0] : Window.Unknown;
        return Dimensions.One(output);
    }

    private static IReadOnlyList<IReadOnlyList<long>?> Concatenate(KerasCall call, long axis)
    {
        var sizes = call.Inputs.Select(input => input.Size).ToList();
        var rank = sizes.Find(size => size is not null)?.Count ?? 0;
        if (sizes.Exists(size => size is null || size.Count != rank) || Dimensions.Axis(axis, rank) is not { } position)
        {
            return Dimensions.Nothing;
        }

        var output = new long[rank];
        for (var i = 0; i < rank; i++)
        {
            var along = sizes.Select(size => size![i]).ToList();
            output[i] = i != position ? along.Max() : along.Contains(Window.Unknown) ? Window.Unknown : along.Sum();
        }

        return Dimensions.One(output);
    }

    private static IReadOnlyList<IReadOnlyList<long>?> Dot(KerasCall call, string key)
    {
        if (call.Inputs.Count != 2 || call.Inputs[0].Size is not { } left || call.Inputs[1].Size is not { } right
            || call.Config.Integers(key, 2) is not { } axes
            || Dimensions.Axis(axes[0], left.Count) is not { } leftAxis
            || Dimensions.Axis(axes[1], right.Count) is not { } rightAxis)
        {
            return Dimensions.Nothing;
        }

        long[] output = [.. left.Where((_, i) => i != leftAxis), .. right.Where((_, i) => i != rightAxis && i != 0)];
        return Dimensions.One(output.Length == 1 ? [output[0], 1] : output);
    }

    // Keras 1.
    private static IReadOnlyList<IReadOnlyList<long>?> Merge(KerasCall call) => call.Config.Text("mode") switch
    {
        null or "sum" or "mul" or "ave" or "max" => Elementwise(call),
        "concat" => Concatenate(call, call.Config.Integer("concat_axis") ?? -1),
        "dot" => Dot(call, "dot_axes"),
        _ => Dimensions.Nothing,
    };
}
