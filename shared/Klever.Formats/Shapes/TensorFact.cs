namespace Klever.Formats.Shapes;

/// <summary>What is known of a tensor before the graph runs.</summary>
internal sealed class TensorFact
{
    public static readonly TensorFact Unknown = new(size: null);

    /// <summary>Dimensions that a tensor may have; a hostile graph could otherwise add one with each node.</summary>
    private const int MaximumRank = 64;

    /// <summary>Elements that are carried along; shapes, axes and paddings have a handful.</summary>
    private const int MaximumElements = 256;

    public TensorFact(IReadOnlyList<long>? size, IReadOnlyList<long>? elements = null)
    {
        Size = size is null || size.Count > MaximumRank ? null : [.. size.Select(Length)];
        Elements = elements is { Count: <= MaximumElements } ? elements : null;
    }

    /// <summary>Dimensions as <see cref="Dimension"/>s; null when the rank is unknown.</summary>
    public IReadOnlyList<long>? Size { get; }

    /// <summary>The content in order, when it is small and of integers; elements that are not known are <see
    /// cref="Dimension"/>s too.</summary>
    public IReadOnlyList<long>? Elements { get; }

    /// <summary>A tensor of one dimension.</summary>
    public static TensorFact Vector(IReadOnlyList<long> elements) => new([elements.Count], elements);

    public static TensorFact Scalar(long element) => new([], [element]);

    /// <summary>A tensor whose rank alone is known.</summary>
    public static TensorFact OfRank(int rank) =>
        new(rank > MaximumRank ? null : [.. Enumerable.Repeat(Dimension.Unknown, rank)]);

    /// <summary>Dimensions as a file gives them: -1 where one is unknown, null for an unknown rank.</summary>
    public static TensorFact OfSize(IReadOnlyList<long>? size) =>
        size is null ? Unknown : new TensorFact([.. size.Select(length => length < 0 ? Dimension.Unknown : length)]);

    /// <summary>Numpy's rule: shapes are aligned at their ends, and 1 gives way.</summary>
    public static TensorFact Broadcast(TensorFact left, TensorFact right)
    {
        if (left.Size is not { } a || right.Size is not { } b)
        {
            return Unknown;
        }

        var size = new long[Math.Max(a.Count, b.Count)];
        for (var i = 1; i <= size.Length; i++)
        {
            size[^i] = i > a.Count ? b[^i] : i > b.Count ? a[^i] : Common(a[^i], b[^i]);
        }

        return new TensorFact(size);

        static long Common(long left, long right) =>
            left == 1 ? right : right == 1 ? left : Dimension.Merge(left, right);
    }

    /// <summary>Joins tensors along an axis that may count from the end.</summary>
    public static TensorFact Concatenate(long axis, IReadOnlyList<TensorFact> parts)
    {
        var shapes = parts.Select(part => part.Size).ToList();
        if (shapes.Find(shape => shape is not null) is not { } first)
        {
            return Unknown;
        }

        var place = Dimension.Axis(axis, first.Count);
        if (place < 0 || shapes.Exists(shape => shape is not null && shape.Count != first.Count))
        {
            return OfRank(first.Count);
        }

        var size = first.Select((_, i) => shapes
            .Select(shape => shape?[i] ?? Dimension.Unknown)
            .Aggregate((left, right) => i == place ? Dimension.Add(left, right) : Dimension.Merge(left, right)));
        var elements = parts.All(part => part.Elements is not null) && first.Count == 1
            ? parts.SelectMany(part => part.Elements!).ToList()
            : null;
        return new TensorFact([.. size], elements);
    }

    /// <summary>A tensor of the same elements in another shape, of which one length may be -1, the rest.</summary>
    public TensorFact Reshape(IReadOnlyList<long> target)
    {
        var size = target.ToArray();
        var rest = Array.IndexOf(size, -1);
        if (rest < 0 && size.Count(length => length == Dimension.Unknown) == 1)
        {
            rest = Array.IndexOf(size, Dimension.Unknown);
        }

        if (rest >= 0)
        {
            size[rest] = Size is null
                ? Dimension.Unknown
                : Dimension.Quotient(Size, [.. size.Where((_, axis) => axis != rest)]);
        }

        return new TensorFact(size, target.Count <= 1 ? Elements : null);
    }

    /// <summary>Axis i of the result is axis <paramref name="permutation"/>[i] of this.</summary>
    public TensorFact Transpose(IReadOnlyList<long> permutation) =>
        Size is { } size && size.Count == permutation.Count
            ? new TensorFact([.. permutation.Select(
                axis => Dimension.Axis(axis, size.Count) is >= 0 and var from ? size[from] : Dimension.Unknown)])
            : OfRank(permutation.Count);

    /// <summary>What stands at some indices of an axis: the shape of the indices replaces that axis.</summary>
    public TensorFact Gather(TensorFact indices, long axis)
    {
        if (Size is not { } size || indices.Size is null
            || Dimension.Axis(axis, size.Count) is not (>= 0 and var place))
        {
            return Unknown;
        }

        var elements = size.Count == 1 && Elements is { } values && indices.Elements is { } chosen
            ? chosen.Select(index => Pick(values, index)).ToList()
            : null;
        return new TensorFact([.. size.Take(place), .. indices.Size, .. size.Skip(place + 1)], elements);

        static long Pick(IReadOnlyList<long> values, long index) =>
            Dimension.Axis(index, values.Count) is >= 0 and var i ? values[i] : Dimension.Unknown;
    }

    // No tensor has a negative length: what was computed so is not known.
    private static long Length(long dimension) =>
        Dimension.IsKnown(dimension) && dimension < 0 ? Dimension.Unknown : dimension;
}
