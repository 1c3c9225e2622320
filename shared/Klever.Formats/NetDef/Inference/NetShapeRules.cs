using Klever.Formats.Shapes;

namespace Klever.Formats.NetDef.Inference;

/// <summary>Operators that keep the elements and give them another shape, join tensors or take parts of them.</summary>
internal static class NetShapeRules
{
    public static IEnumerable<KeyValuePair<string, NetRule>> Table =>
    [
        new("Reshape", operation =>
            [new Blob(operation.DType, Reshape(operation)), new Blob("int64", TensorFact.Unknown)]),
        NetRules.Line("Flatten", Flatten),
        NetRules.Line("Int8Flatten", Flatten),
        NetRules.Line("FlattenToVec", operation => operation.Input(0).Reshape([-1])),
        NetRules.Line("ResizeLike", operation => new TensorFact(operation.Size(1))),
        NetRules.Line("Transpose", Transpose),
        NetRules.Line("Int8Transpose", Transpose),
        NetRules.Line("Squeeze", Squeeze),
        NetRules.Line("ExpandDims", ExpandDimensions),
        NetRules.Line("MergeDim", Merge),
        NetRules.Line("Shape", "int64", Shape),
        NetRules.Line("Size", "int64", _ => new TensorFact([])),
        NetRules.Line("Tile", Tile),
        NetRules.Line("Slice", Slice),
        NetRules.Line("Int8Slice", Slice),
        NetRules.Line("Gather", operation =>
            operation.Input(0).Gather(operation.Input(1), operation.Operator.Integer("axis"))),
        NetRules.Line("Glu", HalveAxis),
        new("Concat", Concatenate),
        new("Append", operation => [operation.Inputs.Count > 0 ? operation.Inputs[0] : Blob.Unknown]),
        new("Int8Concat", Concatenate),
        new("DepthConcat", Concatenate),
        new("Split", Split),
        new("DepthSplit", Split),
    ];

    // 0 copies a dimension, -1 is the rest; the shape is an argument or the second input.
    private static TensorFact Reshape(NetOperation operation)
    {
        var target = operation.Operator.Has("shape")
            ? operation.Operator.Integers("shape")
            : operation.Input(1).Elements;
        if (target is null)
        {
            return operation.Size(1) is [>= 0 and <= 64 and var rank]
                ? TensorFact.OfRank((int)rank)
                : TensorFact.Unknown;
        }

        var copied = target.Select((length, axis) => length != 0 ? length
            : operation.Size(0) is { } size && axis < size.Count ? size[axis]
            : Dimension.Unknown);
        return operation.Input(0).Reshape([.. copied]);
    }

    private static TensorFact Flatten(NetOperation operation)
    {
        if (operation.Size(0) is not { } size)
        {
            return TensorFact.OfRank(2);
        }

        var axis = Dimension.Axis(operation.Operator.Integer("axis", otherwise: 1), size.Count + 1);
        return axis < 0 ? TensorFact.OfRank(2) : new TensorFact(
            [size.Take(axis).Aggregate(1L, Dimension.Multiply), size.Skip(axis).Aggregate(1L, Dimension.Multiply)]);
    }

    private static TensorFact Transpose(NetOperation operation)
    {
        var axes = operation.Operator.Integers("axes");
        return axes.Count > 0 ? operation.Input(0).Transpose(axes)
            : operation.Size(0) is { } size ? new TensorFact([.. size.Reverse()])
            : TensorFact.Unknown;
    }

    private static TensorFact Squeeze(NetOperation operation)
    {
        if (operation.Size(0) is not { } size)
        {
            return TensorFact.Unknown;
        }

        var removed = operation.Operator.Integers("dims").Select(axis => Dimension.Axis(axis, size.Count)).ToHashSet();
        return new TensorFact([.. size.Where((_, axis) => !removed.Contains(axis))]);
    }

    private static TensorFact ExpandDimensions(NetOperation operation)
    {
        var dimensions = operation.Operator.Integers("dims");
        if (operation.Size(0) is not { } size || dimensions.Count + size.Count > 64)
        {
            return TensorFact.Unknown;
        }

        var rest = new Queue<long>(size);
        return new TensorFact([.. Enumerable.Range(0, size.Count + dimensions.Count)
            .Select(axis => dimensions.Contains(axis) || rest.Count == 0 ? 1 : rest.Dequeue())]);
    }

    private static TensorFact Merge(NetOperation operation) =>
        operation.Size(0) is [var first, var second, ..] size
            ? new TensorFact([Dimension.Multiply(first, second), .. size.Skip(2)])
            : TensorFact.Unknown;

    private static TensorFact Shape(NetOperation operation)
    {
        var axes = operation.Operator.Integers("axes");
        return operation.Size(0) is not { } size ? TensorFact.OfRank(1)
            : axes.Count == 0 ? TensorFact.Vector(size)
            : TensorFact.Vector([.. axes.Select(
                axis => Dimension.Axis(axis, size.Count) is >= 0 and var i ? size[i] : Dimension.Unknown)]);
    }

    private static TensorFact Tile(NetOperation operation)
    {
        if (operation.Size(0) is not { } size)
        {
            return TensorFact.Unknown;
        }

        var axis = Dimension.Axis(operation.Operator.Integer("axis"), size.Count);
        var tiles = operation.Inputs.Count > 1 ? Dimension.Unknown : operation.Operator.Integer("tiles", otherwise: 1);
        return new TensorFact([.. size.Select((length, i) => i == axis ? Dimension.Multiply(length, tiles) : length)]);
    }

    // An end of -1 is the end of the axis; other negative ends count from it, one further.
    private static TensorFact Slice(NetOperation operation)
    {
        if (operation.Size(0) is not { } size)
        {
            return TensorFact.Unknown;
        }

        var starts = operation.Operator.Has("starts")
            ? operation.Operator.Integers("starts")
            : operation.Input(1).Elements ?? [];
        var ends = operation.Operator.Has("ends")
            ? operation.Operator.Integers("ends")
            : operation.Input(2).Elements ?? [];
        if (starts.Count == 0 || starts.Count != ends.Count)
        {
            return TensorFact.OfRank(size.Count);
        }

        return new TensorFact([.. size.Select((length, axis) => axis >= starts.Count ? length
            : (starts[axis], ends[axis]) is (0, -1) ? length
            : !Dimension.IsKnown(length) ? Dimension.Unknown
            : Dimension.Subtract(Place(ends[axis], length), Place(starts[axis], length)))]);

        static long Place(long index, long length) =>
            Math.Min(index < 0 ? Dimension.Add(Dimension.Add(length, index), 1) : index, length);
    }

    private static TensorFact HalveAxis(NetOperation operation)
    {
        if (operation.Size(0) is not { } size)
        {
            return TensorFact.Unknown;
        }

        var axis = Dimension.Axis(operation.Operator.Integer("dim", otherwise: -1), size.Count);
        return new TensorFact([.. size.Select((length, i) => i == axis ? Dimension.Divide(length, 2) : length)]);
    }

    private static IReadOnlyList<Blob> Concatenate(NetOperation operation)
    {
        var parts = operation.Inputs.Select(input => input.Fact).ToList();
        var axis = AxisOfChannels(operation);
        var fact = operation.Operator.Integer("add_axis") == 0
            ? TensorFact.Concatenate(axis, parts)
            : parts.Find(part => part.Size is not null)?.Size is { } size
                && Dimension.Axis(axis, size.Count + 1) is >= 0 and var place
                ? new TensorFact([.. size.Take(place), parts.Count, .. size.Skip(place)])
                : TensorFact.Unknown;
        return [new Blob(operation.DType, fact), new Blob("int32", new TensorFact([parts.Count]))];
    }

    private static IReadOnlyList<Blob> Split(NetOperation operation)
    {
        var count = operation.Operator.Outputs.Count;
        var blob = new Blob(operation.DType, TensorFact.Unknown);
        if (operation.Size(0) is not { } size
            || Dimension.Axis(AxisOfChannels(operation), size.Count) is not (>= 0 and var axis))
        {
            return [.. Enumerable.Repeat(blob, count)];
        }

        var parts = operation.Operator.Integers("split") is { Count: > 0 } list
            ? list
            : operation.Input(1).Elements ?? [];
        var isEven = operation.Inputs.Count < 2 && parts.Count == 0;
        return [.. Enumerable.Range(0, count).Select(i => blob with
        {
            Fact = new TensorFact([.. size.Select((length, place) => place != axis ? length
                : i < parts.Count ? parts[i]
                : isEven ? Dimension.Divide(length, count)
                : Dimension.Unknown)]),
        })];
    }

    private static long AxisOfChannels(NetOperation operation) => operation.Operator.Has("axis")
        ? operation.Operator.Integer("axis")
        : operation.IsChannelsLast && operation.Size(0) is { } size ? size.Count - 1 : 1;
}
