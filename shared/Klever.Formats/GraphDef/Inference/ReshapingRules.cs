using Klever.Formats.Shapes;

namespace Klever.Formats.GraphDef.Inference;

/// <summary>Operations that keep the elements and give them another shape, and those that tell a shape.</summary>
internal static class ReshapingRules
{
    public static IEnumerable<KeyValuePair<string, ShapeRule>> Table =>
    [
        new("Shape", operation => ShapeOf(operation.Size(0))),
        new("ShapeN", operation => ShapeOf(operation.Size(operation.Output))),
        new("Size", operation => TensorFact.Scalar(operation.Size(0)?.Aggregate(1L, Dimension.Multiply) ?? Dimension.Unknown)),
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

    private static TensorFact Reshape(Operation operation)
    {
        if (operation.Elements(1) is not { } target)
        {
            return CreationRules.OfShape(operation.Input(1));
        }

        var size = target.ToArray();
        var rest = Array.IndexOf(size, -1);
        if (rest < 0 && size.Count(length => length == Dimension.Unknown) == 1)
        {
            rest = Array.IndexOf(size, Dimension.Unknown);
        }

        if (rest >= 0)
        {
            size[rest] = Quotient(operation.Size(0), [.. size.Where((_, axis) => axis != rest)]);
        }

        return new TensorFact(size, target.Count <= 1 ? operation.Elements(0) : null);
    }

    // The product of some dimensions by that of others, where what is unknown but the same on both sides does not matter.
    private static long Quotient(IReadOnlyList<long>? dividends, List<long> divisors)
    {
        if (dividends is null)
        {
            return Dimension.Unknown;
        }

        var left = dividends.ToList();
        foreach (var symbol in divisors.Where(Dimension.IsSymbol).ToList())
        {
            if (left.Remove(symbol))
            {
                divisors.Remove(symbol);
            }
        }

        var dividend = left.Aggregate(1L, Dimension.Multiply);
        var divisor = divisors.Aggregate(1L, Dimension.Multiply);
        if (divisor == 1 || (Dimension.IsKnown(dividend) && divisor > 0 && dividend % divisor == 0))
        {
            return Dimension.Divide(dividend, divisor);
        }

        // The batch times a constant by that constant is the batch.
        var known = left.Where(Dimension.IsKnown).Aggregate(1L, Dimension.Multiply);
        var unknown = left.Where(length => !Dimension.IsKnown(length)).ToList();
        return unknown.Count == 1 && known == divisor ? unknown[0] : Dimension.Unknown;
    }

    private static TensorFact ExpandDimensions(Operation operation)
    {
        if (operation.Size(0) is not { } size)
        {
            return TensorFact.Unknown;
        }

        var axis = Operation.Axis(operation.Scalar(1), size.Count + 1);
        return axis < 0
            ? TensorFact.OfRank(size.Count + 1)
            : new TensorFact([.. size.Take(axis), 1, .. size.Skip(axis)], size.Count == 0 ? operation.Elements(0) : null);
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

        var removed = axes.Select(axis => Operation.Axis(axis, size.Count)).ToHashSet();
        return new TensorFact([.. size.Where((_, axis) => !removed.Contains(axis))], operation.Elements(0));
    }

    private static TensorFact Transpose(Operation operation)
    {
        if (operation.Elements(1) is not { } permutation)
        {
            return operation.Size(0) is { } known ? TensorFact.OfRank(known.Count) : TensorFact.Unknown;
        }

        return operation.Size(0) is { } size && size.Count == permutation.Count
            ? new TensorFact([.. permutation.Select(axis => Operation.Axis(axis, size.Count) is >= 0 and var from ? size[from] : Dimension.Unknown)])
            : TensorFact.OfRank(permutation.Count);
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
