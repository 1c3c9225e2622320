using Klever.Conversion.Onnx;

namespace Klever.Conversion.MXNetToOnnx.Operations;

/// <summary>The products of attention that MXNet takes from one array, where the queries, keys and values of each head
/// stand beside each other: [time, item, head × parts × features] (<c>transformer.cc</c>).</summary>
internal static class AttentionOperations
{
    public static readonly IReadOnlyDictionary<string, Action<NodeConversion>> Table =
        new Dictionary<string, Action<NodeConversion>>
        {
            ["_contrib_interleaved_matmul_selfatt_qk"] = node => Scores(node, new Part(0, 3, 0), new Part(0, 3, 1)),
            ["_contrib_interleaved_matmul_selfatt_valatt"] = node => Weighted(node, new Part(0, 3, 2)),
            ["_contrib_interleaved_matmul_encdec_qk"] = node => Scores(node, new Part(0, 1, 0), new Part(1, 2, 0)),
            ["_contrib_interleaved_matmul_encdec_valatt"] = node => Weighted(node, new Part(0, 2, 1)),
        };

    /// <summary>One of the parts that stand beside each other in an input.</summary>
    private readonly record struct Part(int Input, int Of, int Place);

    // [item × head, time of queries, time of keys]
    private static void Scores(NodeConversion node, Part queries, Part keys)
    {
        var size = Features(node, queries);
        var scaled = node.Step("Div", [Heads(node, queries), node.Scalar(Math.Sqrt(size))]);
        var turned = node.Transpose(Heads(node, keys), 0, 1, 3, 2);
        var product = node.Step("MatMul", [scaled, turned]);
        node.Onnx.Reshape(product, [-1, node.Dimension(0, queries.Input), node.Dimension(0, keys.Input)], node.Result);
    }

    // [time of queries, item, head × features]
    private static void Weighted(NodeConversion node, Part values)
    {
        var (rows, columns) = (node.Dimension(1, index: 1), node.Dimension(2, index: 1));
        var weights = node.Reshape(node.Input(1), -1, Count(node), rows, columns);
        var product = node.Step("MatMul", [weights, Heads(node, values)]);
        node.Onnx.Reshape(node.Transpose(product, 2, 0, 1, 3), [0, 0, -1], node.Result);
    }

    // [item, head, time, features]
    private static string Heads(NodeConversion node, Part part)
    {
        var apart = node.Reshape(node.Input(part.Input), 0, 0, Count(node), part.Of, Features(node, part));
        return node.Transpose(node.Pick(apart, part.Place, axis: 3), 1, 2, 0, 3);
    }

    private static long Features(NodeConversion node, Part part)
    {
        var (size, parts) = (node.Dimension(2, part.Input), Count(node) * part.Of);
        return parts > 0 && size % parts == 0
            ? size / parts
            : throw NodeConversion.Refuse("heads", node.Attributes.Text("heads"));
    }

    private static long Count(NodeConversion node) =>
        node.Attributes.Integer("heads") ?? throw new Refusal("attribute heads is missing");
}
