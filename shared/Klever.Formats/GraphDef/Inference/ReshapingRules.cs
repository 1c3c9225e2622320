using Klever.Formats.Shapes;

namespace Klever.Formats.GraphDef.Inference;

/// <summary>Operations that keep the elements and give them another shape, and those that tell a shape.</summary>
internal static class ReshapingRules
{
    public static IEnumerable<KeyValuePair<string, ShapeRule>> Table =>
    [
        new("Shape", operation => ShapeOf(operation.Size(0))),
        new("ShapeN", operation => ShapeOf(operation.Size(operation.Output))),
        new("Size", operation => TensorFact.Scalar(
            operation.Size(0)?.Aggregate(1L, Dimension.Multiply) ?? Dimension.Unknown)),
        new("Rank", operation => TensorFact.Scalar(operation.Size(0)?.Count ?? Dimension.Unknown)),
        new("Reshape", Reshape),
        new("ExpandDims", ExpandDimensions),
        new("Squeeze", Squeeze),
        new("Transpose", Transpose),
        new("ConjugateTranspose", Transpose),
        new("Pad", Pad),
        new("PadV2", Pad),
        new("MirrorPad", Pad),
        new("Tile", Tile),
    ];

    private static TensorFact ShapeOf(IReadOnlyList<long>? size) =>
        size is null ? TensorFact.OfRank(1) : TensorFact.Vector(size);

    private static TensorFact Reshape(Operation operation) =>
        operation.Elements(1) is { } target
            ? operation.Input(0).Reshape(target)
            : CreationRules.OfShape(operation.Input(1));

    private static TensorFact ExpandDimensions(Operation operation)
    {
        if (operation.Size(0) is not { } size)
        {
            return TensorFact.Unknown;
        }

        var axis = Dimension.Axis(operation.Scalar(1), size.Count + 1);
        return axis < 0
            ? TensorFact.OfRank(size.Count + 1)
            : new TensorFact(
                [.. size.Take(axis), 1, .. size.Skip(axis)], size.Count == 0 ? operation.Elements(0) : null);
    }

    private static TensorFact Squeeze(Operation operation)
    {
        if (operation.Size(0) is not { } size)
        {
            return TensorFact.Unknown;
        }

        var axes = operation.Node.Numbers("squeeze_dims") is { Count: > 0 } old ? old : operation.Node.Numbers("axis");
        if (axes.Count == 0)
        {
            // Without axes every 1 goes, so a length that is not known leaves even the rank open.
            return size.All(Dimension.IsKnown)
                ? new TensorFact([.. size.Where(length => length != 1)], operation.Elements(0))
                : TensorFact.Unknown;
        }

        var removed = axes.Select(axis => Dimension.Axis(axis, size.Count)).ToHashSet();
        return new TensorFact([.. size.Where((_, axis) => !removed.Contains(axis))], operation.Elements(0));
    }

    private static TensorFact Transpose(Operation operation)
    {
        if (operation.Elements(1) is not { } permutation)
        {
            return operation.Size(0) is { } known ? TensorFact.OfRank(known.Count) : TensorFact.Unknown;
        }

        return operation.Input(0).Transpose(permutation);
    }

    private static TensorFact Pad(Operation operation)
    {
        if (operation.Elements(1) is not { } paddings)
        {
            return operation.Size(0) is { } known ? TensorFact.OfRank(known.Count) : TensorFact.Unknown;
        }

        return operation.Size(0) is { } size && paddings.Count == 2 * size.Count
            ? new TensorFact([.. size.Select((length, axis) =>
                Dimension.Add(length, Dimension.Add(paddings[2 * axis], paddings[(2 * axis) + 1])))])
            : TensorFact.OfRank(paddings.Count / 2);
    }

    private static TensorFact Tile(Operation operation)
    {
        if (operation.Size(0) is not { } size)
        {
            return TensorFact.Unknown;
        }

        return operation.Elements(1) is { } multiples && multiples.Count == size.Count
            ? new TensorFact([.. size.Zip(multiples, Dimension.Multiply)])
            : TensorFact.OfRank(size.Count);
    }
}
