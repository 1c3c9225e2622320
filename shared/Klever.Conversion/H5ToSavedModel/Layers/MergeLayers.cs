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

    private static string Chain(KerasEmission layer, string op)
    {
        return layer.Inputs.Any(input => input.Size?.Count != layer.Rank)
            ? throw layer.Refuse("its inputs have different numbers of dimensions; reshape them to the same")
            : layer.Inputs.Select(input => input.Tensor).Aggregate((left, right) => layer.Ops.Op(op, [left, right]));
    }

    private static string Concatenate(KerasEmission layer)
    {
        var axis = layer.Config.Integer("axis") ?? -1;
        return layer.Ops.Concat(
            [.. layer.Inputs.Select(input => input.Tensor)], (int)(axis < 0 ? axis + layer.Rank : axis));
    }

    private static string Dot(KerasEmission layer)
    {
        if (layer.Inputs.Count != 2 || layer.Rank is not (2 or 3) || layer.Inputs[1].Size?.Count != layer.Rank)
        {
            throw layer.Refuse("it is converted for two inputs of two or three dimensions each");
        }

        var axes = layer.Axes("axes", 2, otherwise: -1).Select(axis => axis < 0 ? axis + layer.Rank : axis).ToArray();
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
