using Klever.Formats.Shapes;

namespace Klever.Formats.GraphDef.Inference;

/// <summary>Operations that join tensors, or take parts of them.</summary>
internal static class IndexingRules
{
    public static IEnumerable<KeyValuePair<string, ShapeRule>> Table =>
    [
        new("Concat", operation => TensorFact.Concatenate(operation.Scalar(0), [.. operation.Inputs.Skip(1)])),
        new("ConcatV2", operation => TensorFact.Concatenate(
            operation.Scalar(operation.Inputs.Count - 1), [.. operation.Inputs.SkipLast(1)])),
        new("Pack", Pack),
        new("Unpack", Unpack),
        new("Split", operation => Split(operation, operation.Input(1), operation.Scalar(0))),
        new("SplitV", SplitBySizes),
        new("Slice", Slice),
        new("StridedSlice", StridedSliceRule.Apply),
        new("Gather", operation => operation.Input(0).Gather(operation.Input(1), axis: 0)),
        new("ResourceGather", operation => operation.Input(0).Gather(operation.Input(1), axis: 0)),
        new("GatherV2", operation => operation.Input(0).Gather(operation.Input(1), operation.Scalar(2))),
        new("GatherNd", GatherByCoordinates),
        new("OneHot", OneHot),
        new("Where", operation => new TensorFact([Dimension.Unknown, operation.Size(0)?.Count ?? Dimension.Unknown])),
        new("NonMaxSuppression", _ => TensorFact.OfRank(1)),
        new("NonMaxSuppressionV2", _ => TensorFact.OfRank(1)),
        new("NonMaxSuppressionV3", _ => TensorFact.OfRank(1)),
        new("Unique", _ => TensorFact.OfRank(1)),
    ];

    private static TensorFact Pack(Operation operation)
    {
        if (operation.Inputs.FirstOrDefault(input => input.Size is not null)?.Size is not { } size)
        {
            return TensorFact.Unknown;
        }

        var axis = Dimension.Axis(operation.Node.Number("axis"), size.Count + 1);
        var elements = size.Count == 0 ? operation.Inputs.Select((_, place) => operation.Scalar(place)).ToList() : null;
        return axis < 0
            ? TensorFact.OfRank(size.Count + 1)
            : new TensorFact([.. size.Take(axis), operation.Inputs.Count, .. size.Skip(axis)], elements);
    }

    private static TensorFact Unpack(Operation operation)
    {
        if (operation.Size(0) is not { Count: > 0 } size)
        {
            return TensorFact.Unknown;
        }

        var axis = Dimension.Axis(operation.Node.Number("axis"), size.Count);
        var element = size.Count == 1 && operation.Elements(0) is { } elements && operation.Output < elements.Count
            ? new[] { elements[operation.Output] }
            : null;
        return axis < 0
            ? TensorFact.OfRank(size.Count - 1)
            : new TensorFact([.. size.Where((_, i) => i != axis)], element);
    }

    private static TensorFact Split(Operation operation, TensorFact value, long axis)
    {
        if (value.Size is not { } size)
        {
            return TensorFact.Unknown;
        }

        var place = Dimension.Axis(axis, size.Count);
        var count = operation.Node.Number("num_split");
        return place < 0
            ? TensorFact.OfRank(size.Count)
            : new TensorFact([.. size.Select((length, i) => i == place ? Dimension.Divide(length, count) : length)]);
    }

    private static TensorFact SplitBySizes(Operation operation)
    {
        if (operation.Size(0) is not { } size)
        {
            return TensorFact.Unknown;
        }

        var place = Dimension.Axis(operation.Scalar(2), size.Count);
        if (place < 0 || operation.Elements(1) is not { } sizes || operation.Output >= sizes.Count)
        {
            return TensorFact.OfRank(size.Count);
        }

        // One size may be -1, the rest.
        var length = sizes[operation.Output] >= 0
            ? sizes[operation.Output]
            : Dimension.Subtract(size[place], sizes.Where(part => part != -1).Aggregate(0L, Dimension.Add));
        return new TensorFact([.. size.Select((old, i) => i == place ? length : old)]);
    }

    private static TensorFact Slice(Operation operation)
    {
        var lengths = operation.Elements(2);
        if (operation.Size(0) is not { } size || lengths is null || lengths.Count != size.Count)
        {
            return TensorFact.OfRank(lengths?.Count ?? operation.Size(0)?.Count ?? int.MaxValue);
        }

        var begins = operation.Elements(1) is { } known && known.Count == size.Count
            ? known
            : TensorFact.OfRank(size.Count).Size!;
        var result = size
            .Select((length, axis) => lengths[axis] == -1 ? Dimension.Subtract(length, begins[axis]) : lengths[axis])
            .ToList();
        var elements = size.Count == 1 && operation.Elements(0) is { } values && begins[0] >= 0 && result[0] >= 0
            && begins[0] + result[0] <= values.Count
            ? values.Skip((int)begins[0]).Take((int)result[0]).ToList()
            : null;
        return new TensorFact(result, elements);
    }

    private static TensorFact GatherByCoordinates(Operation operation) =>
        operation.Size(0) is { } size && operation.Size(1) is [.., >= 0 and var depth] indices && depth <= size.Count
            ? new TensorFact([.. indices.SkipLast(1), .. size.Skip((int)depth)])
            : TensorFact.Unknown;

    private static TensorFact OneHot(Operation operation)
    {
        if (operation.Size(0) is not { } size)
        {
            return TensorFact.Unknown;
        }

        var axis = Dimension.Axis(operation.Node.Number("axis", otherwise: -1), size.Count + 1);
        return axis < 0
            ? TensorFact.OfRank(size.Count + 1)
            : new TensorFact([.. size.Take(axis), operation.Scalar(1), .. size.Skip(axis)]);
    }
}
