namespace Klever.Formats.MXNet.Shapes;

/// <summary>Operations that reduce axes, and products of matrices.</summary>
internal static class ReductionRules
{
    private const string Reductions = "sum mean max min prod nansum nanprod norm";

    public static readonly IReadOnlyDictionary<string, Func<NodeShapes, long[]?[]>> Table = Create();

    private static Dictionary<string, Func<NodeShapes, long[]?[]>> Create()
    {
        var table = new Dictionary<string, Func<NodeShapes, long[]?[]>>(StringComparer.Ordinal);
        foreach (var name in Reductions.Split(' '))
        {
            table[name] = node => [Reduce(node)];
        }

        table["argmax"] = node => [ReduceOne(node)];
        table["argmin"] = node => [ReduceOne(node)];
        table["argmax_channel"] = node => [node.First is { Length: > 1 } input ? [input[0], .. input[2..]] : null];
        table["dot"] = node => [Dot(node)];
        table["_npi_matmul"] = node => [Matmul(node)];
        table["batch_dot"] = node => [MatrixProduct(node)];
        table["_linalg_gemm2"] = node => [MatrixProduct(node)];
        table["softmax_cross_entropy"] = _ => [[1]];
        table["shape_array"] = node => [node.First is { } input ? [input.Length] : null];
        table["size_array"] = _ => [[1]];
        return table;
    }

    private static long[]? Reduce(NodeShapes node)
    {
        if (node.First is not { } input)
        {
            return null;
        }

        var axes = NodeShapes.Axes(
            input, node.Attributes.Integers("axis"), node.Attributes.Flag("exclude", fallback: false));
        if (axes is null)
        {
            return null;
        }

        var keeps = node.Attributes.Flag("keepdims", fallback: false);
        return node.Node.IsNumpy && !keeps && axes.Length == input.Length ? [] : Drop(input, axes, keeps);
    }

    private static long[]? ReduceOne(NodeShapes node)
    {
        var keeps = node.Attributes.Flag("keepdims", fallback: false);
        if (node.First is not { } input)
        {
            return null;
        }

        return node.Attributes.Integer("axis") is { } axis
            ? NodeShapes.Axis(input, axis) is { } index ? Drop(input, [index], keeps) : null
            : Drop(input, [.. Enumerable.Range(0, input.Length)], keeps);
    }

    // Without numpy's shapes there are no scalars: everything reduced is one element.
    private static long[] Drop(long[] input, int[] axes, bool keeps)
    {
        long[] output = keeps
            ? [.. input.Select((size, axis) => axes.Contains(axis) ? 1 : size)]
            : [.. input.Where((_, axis) => !axes.Contains(axis))];
        return output.Length == 0 ? [1] : output;
    }

    private static long[]? Dot(NodeShapes node)
    {
        if (node.First is not { Length: > 0 } left || node.Input(1) is not { Length: > 0 } right)
        {
            return null;
        }

        var first = node.Attributes.Flag("transpose_a", fallback: false) ? left[1..] : left[..^1];
        var second = node.Attributes.Flag("transpose_b", fallback: false) ? right[..^1] : right[1..];
        return first.Length + second.Length == 0 ? [1] : [.. first, .. second];
    }

    private static long[]? Matmul(NodeShapes node) =>
        node.First is { Length: >= 2 } left && node.Input(1) is { Length: >= 2 } right
            && ElementwiseRules.Spread(left[..^2], right[..^2]) is { } batches
            ? [.. batches, left[^2], right[^1]]
            : null;

    private static long[]? MatrixProduct(NodeShapes node)
    {
        if (node.First is not { Length: >= 2 } left || node.Input(1) is not { Length: >= 2 } right)
        {
            return null;
        }

        var rows = node.Attributes.Flag("transpose_a", fallback: false) ? left[^1] : left[^2];
        var columns = node.Attributes.Flag("transpose_b", fallback: false) ? right[^2] : right[^1];
        return [.. left[..^2], rows, columns];
    }
}
