using Klever.Formats.Shapes;

namespace Klever.Formats.GraphDef.Inference;

/// <summary>Products of matrices.</summary>
internal static class MatrixRules
{
    public static IEnumerable<KeyValuePair<string, ShapeRule>> Table =>
    [
        new("MatMul", operation => Multiply(operation, "transpose_a", "transpose_b")),
        new("SparseMatMul", operation => Multiply(operation, "transpose_a", "transpose_b")),
        new("_FusedMatMul", operation => Multiply(operation, "transpose_a", "transpose_b")),
        new("BatchMatMul", operation => Multiply(operation, "adj_x", "adj_y")),
        new("BatchMatMulV2", operation => Multiply(operation, "adj_x", "adj_y")),
        new("BatchMatMulV3", operation => Multiply(operation, "adj_x", "adj_y")),
        new("Einsum", Einsum),
    ];

    private static TensorFact Multiply(Operation operation, string transposeLeft, string transposeRight)
    {
        // A product of matrices is a matrix, even when nothing is known of its factors.
        var isMatrix = operation.Node.Type.EndsWith("MatMul", StringComparison.Ordinal)
            && operation.Node.Type != "BatchMatMul";
        var unknown = isMatrix ? TensorFact.OfRank(2) : TensorFact.Unknown;
        var left = operation.Size(0) ?? unknown.Size;
        var right = operation.Size(1) ?? unknown.Size;
        if (left is not { Count: >= 2 } || right is not { Count: >= 2 })
        {
            return unknown;
        }

        var rows = operation.Node.Flag(transposeLeft) ? left[^1] : left[^2];
        var columns = operation.Node.Flag(transposeRight) ? right[^2] : right[^1];
        var batch = TensorFact.Broadcast(new TensorFact([.. left.SkipLast(2)]), new TensorFact([.. right.SkipLast(2)]));
        return new TensorFact([.. batch.Size ?? [], rows, columns]);
    }

    // "abc,cd->abd"; an ellipsis is not followed.
    private static TensorFact Einsum(Operation operation)
    {
        var equation = operation.Node.Text("equation").Replace(" ", "", StringComparison.Ordinal);
        var arrow = equation.IndexOf("->", StringComparison.Ordinal);
        if (arrow < 0 || equation.Contains('.'))
        {
            return TensorFact.Unknown;
        }

        var lengths = new Dictionary<char, long>();
        foreach (var (labels, place) in equation[..arrow].Split(',').Select((labels, place) => (labels, place)))
        {
            if (operation.Size(place) is { } size && size.Count == labels.Length)
            {
                foreach (var (label, length) in labels.Zip(size))
                {
                    lengths[label] = lengths.TryGetValue(label, out var known)
                        ? Dimension.Merge(known, length)
                        : length;
                }
            }
        }

        return new TensorFact(
            [.. equation[(arrow + 2)..].Select(label => lengths.GetValueOrDefault(label, Dimension.Unknown))]);
    }
}
