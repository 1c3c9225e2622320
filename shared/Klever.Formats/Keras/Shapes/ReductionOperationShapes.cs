using Klever.Formats.Keras.Operations;

namespace Klever.Formats.Keras.Shapes;

/// <summary>Functions that make one number of many.</summary>
internal static class ReductionOperationShapes
{
    private static readonly string[] Names =
    [
        "all", "amax", "amin", "any", "logsumexp", "max", "mean", "min", "norm", "prod", "reduceall", "reduceany", "reducelogsumexp",
        "reducemax", "reducemean", "reducemin", "reduceprod", "reducestd", "reducesum", "reducevariance", "std", "sum", "var",
    ];

    public static IEnumerable<KeyValuePair<string, OperationShapeRule>> Rules { get; } =
    [
        .. Names.Select(name => KeyValuePair.Create<string, OperationShapeRule>(name, Reduced)),
        new("argmax", ArgMax), new("argmin", ArgMax),
        new("matmul", Product), new("batchmatmul", Product), new("batchmatmulv2", Product),
        new("einsum", Einsum),
    ];

    private static IReadOnlyList<IReadOnlyList<long>?> Reduced(OperationSizes call) =>
        call.Size(0) is { } size && call.Operation.Axes(size.Count) is { } axes
            ? Dimensions.One(Without(size, axes, call.Operation.KeepsDimensions()))
            : Dimensions.Nothing;

    private static IReadOnlyList<IReadOnlyList<long>?> ArgMax(OperationSizes call) =>
        call.Size(0) is { } size && call.Operation.Axis(size.Count, otherwise: 0) is { } axis
            ? Dimensions.One(Without(size, [axis], call.Operation.KeepsDimensions()))
            : Dimensions.Nothing;

    private static List<long> Without(IReadOnlyList<long> size, IReadOnlyList<int> axes, bool keeps) => keeps
        ? [.. size.Select((length, axis) => axes.Contains(axis) ? 1 : length)]
        : [.. size.Where((_, axis) => !axes.Contains(axis))];

    private static IReadOnlyList<IReadOnlyList<long>?> Product(OperationSizes call)
    {
        if (call.Size(0, "a", "x1") is not { Count: > 1 } left || call.Size(1, "b", "x2") is not { Count: > 1 } right)
        {
            return Dimensions.Nothing;
        }

        var rows = IsOn("transpose_a", "adj_x") ? left[^1] : left[^2];
        var columns = IsOn("transpose_b", "adj_y") ? right[^2] : right[^1];
        var batch = OperationSizes.Stretched([.. left.SkipLast(2)], [.. right.SkipLast(2)])!;
        return Dimensions.One([.. batch, rows, columns]);

        bool IsOn(params string[] names) => Array.Exists(names, name => call.Operation.Find(-1, name)?.IsTrue == true);
    }

    // "abc,cd->abd": each letter of the result has the dimension that it has in an argument.
    private static IReadOnlyList<IReadOnlyList<long>?> Einsum(OperationSizes call)
    {
        var sides = (call.Operation.Find(-1, "subscripts", "equation")?.Text ?? "").Replace(" ", "", StringComparison.Ordinal).Split("->");
        var operands = call.Operation.Tensors();
        var labels = sides[0].Split(',');
        if (sides.Length != 2 || sides[0].Contains('.', StringComparison.Ordinal) || labels.Length != operands.Count)
        {
            return Dimensions.Nothing;
        }

        var known = new Dictionary<char, long>();
        for (var i = 0; i < labels.Length; i++)
        {
            if (call.Size(operands[i]) is not { } size || size.Count != labels[i].Length)
            {
                return Dimensions.Nothing;
            }

            foreach (var (label, length) in labels[i].Zip(size))
            {
                known[label] = Math.Max(length, known.GetValueOrDefault(label, -1));
            }
        }

        return Dimensions.One([.. sides[1].Select(label => known.GetValueOrDefault(label, -1))]);
    }
}
