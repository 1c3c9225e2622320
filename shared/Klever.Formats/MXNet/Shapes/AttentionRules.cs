namespace Klever.Formats.MXNet.Shapes;

/// <summary>The products of attention that are taken from one array of [time, item, head × parts × features].</summary>
internal static class AttentionRules
{
    public static readonly IReadOnlyDictionary<string, Func<NodeShapes, long[]?[]>> Table =
        new Dictionary<string, Func<NodeShapes, long[]?[]>>
        {
            ["_contrib_interleaved_matmul_selfatt_qk"] = node => [Scores(node, node.First, node.First)],
            ["_contrib_interleaved_matmul_encdec_qk"] = node => [Scores(node, node.First, node.Input(1))],
            ["_contrib_interleaved_matmul_selfatt_valatt"] = node => [Weighted(node, parts: 3)],
            ["_contrib_interleaved_matmul_encdec_valatt"] = node => [Weighted(node, parts: 2)],
        };

    private static long[]? Scores(NodeShapes node, long[]? queries, long[]? keys) =>
        queries is { Length: 3 } && keys is { Length: 3 }
            ? [NodeShapes.Times(queries[1], node.Attributes.Integer("heads", -1)), queries[0], keys[0]]
            : null;

    private static long[]? Weighted(NodeShapes node, long parts) =>
        node.First is { Length: 3 } values && node.Input(1) is { Length: 3 } weights
            ? [weights[1], values[1], values[2] < 0 ? -1 : values[2] / parts]
            : null;
}
