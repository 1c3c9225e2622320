using Klever.Conversion.H5ToSavedModel.TensorFlow;

namespace Klever.Conversion.H5ToSavedModel.Layers;

/// <summary>Layers of several inputs.</summary>
internal static class MergeLayers
{
    public static IEnumerable<KeyValuePair<string, KerasEmitter>> Rules { get; } =
    [
        KerasEmitters.Line("Add", layer => Chain(layer, "AddV2")),
        KerasEmitters.Line("Subtract", layer => Chain(layer, "Sub")),
        KerasEmitters.Line("Multiply", layer => Chain(layer, "Mul")),
        KerasEmitters.Line("Maximum", layer => Chain(layer, "Maximum")),
        KerasEmitters.Line("Minimum", layer => Chain(layer, "Minimum")),
        KerasEmitters.Line(
            "Average", layer => layer.Ops.Mul(Chain(layer, "AddV2"), layer.Ops.Number(1f / layer.Inputs.Count))),
        KerasEmitters.Line("Concatenate", Concatenate),
        KerasEmitters.Line("Dot", Dot),
    ];

    // Inputs of fewer dimensions get more of them behind the batch.
    private static string Chain(KerasEmission layer, string op)
    {
        var rank = layer.Inputs.Max(input => input.Size?.Count ?? throw layer.Refuse("the dimensions of an input are not known"));
        return layer.Inputs.Select(input => Enumerable.Range(0, rank - input.Size!.Count)
                .Aggregate(input.Tensor, (tensor, _) => layer.Ops.ExpandDims(tensor, axis: 1)))
            .Aggregate((left, right) => layer.Ops.Op(op, [left, right]));
    }

    private static string Concatenate(KerasEmission layer)
    {
        var axis = layer.Axis("axis", -1);
        return layer.Inputs.All(input => input.Size?.Count == layer.Rank)
            ? layer.Ops.Concat([.. layer.Inputs.Select(input => input.Tensor)], axis)
            : throw layer.Refuse("its inputs have different numbers of dimensions");
    }

    private static string Dot(KerasEmission layer)
    {
        if (layer.Inputs.Count != 2 || layer.Rank is not (2 or 3) || layer.Inputs[1].Size?.Count != layer.Rank)
        {
            throw layer.Refuse("it is converted for two inputs of two or three dimensions each");
        }

        var axes = layer.Axes("axes", 2, otherwise: -1).Select(axis => axis < 0 ? axis + layer.Rank : axis).ToArray();
        if (axes.Any(axis => axis < 1 || axis >= layer.Rank))
        {
            throw layer.Refuse("its axes are none of its inputs, or the batch");
        }

        var (left, right) = (Normalized(layer, 0, axes[0]), Normalized(layer, 1, axes[1]));
        var ops = layer.Ops;
        if (layer.Rank == 2)
        {
            return ops.Reduce("Sum", ops.Mul(left, right), [1], keepsDimensions: true);
        }

        TfAttribute[] transposed =
        [
            .. axes[0] == 1 ? [TfAttribute.Flag("adj_x", flag: true)] : (TfAttribute[])[],
            .. axes[1] == 2 ? [TfAttribute.Flag("adj_y", flag: true)] : (TfAttribute[])[],
        ];
        return ops.Op("BatchMatMulV2", [left, right], transposed);
    }

    private static string Normalized(KerasEmission layer, int index, long axis)
    {
        var value = layer.Inputs[index].Tensor;
        if (!layer.Config.Flag("normalize"))
        {
            return value;
        }

        const float Epsilon = 1e-12f;
        var ops = layer.Ops;
        var squares = ops.Reduce("Sum", ops.Op("Square", [value]), [axis], keepsDimensions: true);
        return ops.Mul(value, ops.Op("Rsqrt", [ops.Op("Maximum", [squares, ops.Number(Epsilon)])]));
    }
}
