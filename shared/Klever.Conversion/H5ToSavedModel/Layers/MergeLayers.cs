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
        if (layer.Inputs.Count != 2 || layer.Rank < 2 || layer.Inputs[1].Size is not { Count: > 1 } other)
        {
            throw layer.Refuse("it is converted for two inputs of two dimensions at least");
        }

        var given = layer.Axes("axes", 2, otherwise: -1);
        long[] axes = [given[0] < 0 ? given[0] + layer.Rank : given[0], given[1] < 0 ? given[1] + other.Count : given[1]];
        if (axes[0] < 1 || axes[0] >= layer.Rank || axes[1] < 1 || axes[1] >= other.Count)
        {
            throw layer.Refuse("its axes are none of its inputs, or the batch");
        }

        var (left, right) = (Normalized(layer, 0, axes[0]), Normalized(layer, 1, axes[1]));
        var ops = layer.Ops;
        if (layer.Rank > 3 || layer.Rank != other.Count)
        {
            return OfRanks(ops, (left, layer.Size, (int)axes[0]), (right, other, (int)axes[1]));
        }

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

    // The batch in front, then what is left of both.
    private static string OfRanks(
        TfOps ops, (string Tensor, IReadOnlyList<long> Size, int Axis) left, (string Tensor, IReadOnlyList<long> Size, int Axis) right)
    {
        var own = Enumerable.Range(1, left.Size.Count - 1).Select(i => i == left.Axis ? 'z' : (char)('b' + i)).ToArray();
        var others = Enumerable.Range(1, right.Size.Count - 1).Select(i => i == right.Axis ? 'z' : (char)('B' + i)).ToArray();
        string[] labels = ["a" + new string(own), "a" + new string(others)];
        var output = labels[0].Replace("z", "", StringComparison.Ordinal) + labels[1][1..].Replace("z", "", StringComparison.Ordinal);
        return new Contraction(labels[0], labels[1], output).Emit(ops, (left.Tensor, left.Size), (right.Tensor, right.Size));
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
