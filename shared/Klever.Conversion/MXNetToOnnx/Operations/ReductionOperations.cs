using Klever.Conversion.Onnx;
using Klever.Formats.MXNet.Shapes;

namespace Klever.Conversion.MXNetToOnnx.Operations;

/// <summary>Operations that reduce axes, and products of matrices.</summary>
internal static class ReductionOperations
{
    private static readonly (string Name, string Onnx)[] Reductions =
        [("mean", "ReduceMean"), ("max", "ReduceMax"), ("min", "ReduceMin"), ("prod", "ReduceProd"), ("sum", "ReduceSum")];

    public static readonly IReadOnlyDictionary<string, Action<NodeConversion>> Table = Create();

    private static Dictionary<string, Action<NodeConversion>> Create()
    {
        var table = new Dictionary<string, Action<NodeConversion>>(StringComparer.Ordinal)
        {
            ["norm"] = Norm,
            ["dot"] = Dot,
            ["_npi_matmul"] = node => node.Emit("MatMul", [node.Input(0), node.Input(1)]),
            ["batch_dot"] = node => MatrixProduct(node, node.Result),
            ["_linalg_gemm2"] = Gemm2,
        };
        foreach (var (name, onnx) in Reductions)
        {
            table[name] = node => Reduce(node, onnx);
        }

        return table;
    }

    private static void Reduce(NodeConversion node, string operation)
    {
        var axes = NodeShapes.Axes(
            node.Size(), node.Attributes.Integers("axis"), node.Attributes.Flag("exclude", fallback: false))
            ?? throw NodeConversion.Refuse("axis", node.Attributes.Text("axis"));
        Reduce(node, operation, axes, node.Attributes.Flag("keepdims", fallback: false));
    }

    // All axes together are one element, not a scalar but in numpy.
    private static void Reduce(NodeConversion node, string operation, int[] axes, bool keepsAxes)
    {
        long[] named = [.. axes.Select(axis => (long)axis)];
        var isAll = axes.Length == node.Rank() && !keepsAxes && !node.Node.IsNumpy;
        var to = isAll ? node.Between(operation) : node.Result;
        node.Onnx.Reduce(operation, node.Input(0), named, keepsAxes || isAll, to);
        if (isAll)
        {
            node.Onnx.Reshape(to, [1], node.Result);
        }
    }

    private static void Norm(NodeConversion node)
    {
        var operation = node.Attributes.Integer("ord", 2) switch
        {
            1 => "ReduceL1",
            2 => "ReduceL2",
            _ => throw NodeConversion.Refuse("ord", node.Attributes.Text("ord")),
        };
        Reduce(node, operation);
    }

    // The last axis of the first with the first of the second, all others beside each other.
    private static void Dot(NodeConversion node)
    {
        var (left, right) = (node.Rank(), node.Rank(1));
        if (left == 1 && right == 1)
        {
            node.Onnx.Reshape(node.Step("MatMul", [node.Input(0), node.Input(1)]), [1], node.Result);
            return;
        }

        if (left <= 2 && right <= 2)
        {
            MatrixProduct(node, node.Result);
            return;
        }

        if (node.Attributes.Flag("transpose_a", fallback: false) || node.Attributes.Flag("transpose_b", fallback: false))
        {
            throw new Refusal("a transposed product of more than two dimensions is not supported");
        }

        var shapes = (node.Step("Shape", [node.Input(0)]), node.Step("Shape", [node.Input(1)]));
        var rows = node.Reshape(node.Input(1), node.Dimension(0, index: 1), -1);
        var size = node.Concat(0, node.Slice(shapes.Item1, 0, left - 1, axis: 0), node.Slice(shapes.Item2, 1, right, axis: 0));
        node.Emit("Reshape", [node.Step("MatMul", [node.Input(0), rows]), size]);
    }

    private static void MatrixProduct(NodeConversion node, string to)
    {
        var left = Turned(node, 0, "transpose_a");
        var right = Turned(node, 1, "transpose_b");
        node.Onnx.Add("MatMul", [left, right], [to]);
    }

    private static string Turned(NodeConversion node, int input, string attribute)
    {
        var rank = node.Rank(input);
        if (!node.Attributes.Flag(attribute, fallback: false) || rank < 2)
        {
            return node.Input(input);
        }

        var order = Enumerable.Range(0, rank).Select(axis => (long)axis).ToArray();
        (order[^2], order[^1]) = (order[^1], order[^2]);
        return node.Step("Transpose", [node.Input(input)], OnnxAttribute.Of("perm", order));
    }

    private static void Gemm2(NodeConversion node)
    {
        var product = node.Between("product");
        MatrixProduct(node, product);
        node.Emit("Mul", [product, node.Scalar(node.Attributes.Number("alpha", 1))]);
    }
}
