using Klever.Formats.Shapes;

namespace Klever.Formats.GraphDef.Inference;

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

    /// <summary>The content in order, when it is small and of integers; elements that are not known are <see cref="Dimension"/>s too.</summary>
    public IReadOnlyList<long>? Elements { get; }

    /// <summary>A tensor of one dimension.</summary>
    public static TensorFact Vector(IReadOnlyList<long> elements) => new([elements.Count], elements);

    public static TensorFact Scalar(long element) => new([], [element]);

    /// <summary>A tensor whose rank alone is known.</summary>
    public static TensorFact OfRank(int rank) => new(rank > MaximumRank ? null : [.. Enumerable.Repeat(Dimension.Unknown, rank)]);

    // No tensor has a negative length: what was computed so is not known.
    private static long Length(long dimension) =>
        Dimension.IsKnown(dimension) && dimension < 0 ? Dimension.Unknown : dimension;
}
