using Klever.Conversion.Onnx;
using Klever.Formats.MXNet.Shapes;

namespace Klever.Conversion.MXNetToOnnx.Operations;

/// <summary>Operations that reduce axes, multiply matrices or look elements up.</summary>
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
            ["argmax"] = node => ArgReduce(node, "ArgMax"),
            ["argmin"] = node => ArgReduce(node, "ArgMin"),
            ["dot"] = Dot,
            ["batch_dot"] = node => MatrixProduct(node, node.Result),
            ["_linalg_gemm2"] = Gemm2,
            ["topk"] = TopK,
            ["take"] = Take,
            ["one_hot"] = OneHot,
            ["gather_nd"] = GatherNd,
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

    // All axes together are one element, not a scalar.
    private static void Reduce(NodeConversion node, string operation, int[] axes, bool keepsAxes)
    {
        long[] named = [.. axes.Select(axis => (long)axis)];
        var isAll = axes.Length == node.Rank() && !keepsAxes;
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

    private static void ArgReduce(NodeConversion node, string operation)
    {
        var axis = node.Attributes.Has("axis") ? node.Axis("axis", 0) : throw NodeConversion.Refuse("axis", "None");
        var result = node.Step(
            operation,
            [node.Input(0)],
            OnnxAttribute.Of("axis", axis),
            OnnxAttribute.Of("keepdims", node.Attributes.Flag("keepdims", fallback: false) ? 1 : 0));
        node.Emit("Cast", [result], OnnxTypes.To("float32"));
    }

    private static void Dot(NodeConversion node)
    {
        if (node.Rank() > 2 || node.Rank(1) > 2)
        {
            throw new Refusal("a product of more than two dimensions is not supported");
        }

        MatrixProduct(node, node.Result);
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

    private static void TopK(NodeConversion node)
    {
        var axis = node.Axis("axis", -1);
        var count = node.Attributes.Integer("k", 1);
        var kind = node.Attributes.Text("ret_typ") ?? "indices";
        if (kind == "mask")
        {
            throw NodeConversion.Refuse("ret_typ", kind);
        }

        var number = node.Onnx.Integers(count > 0 ? count : node.Dimension(axis));
        var found = node.Between("values");
        var places = node.Between("places");
        node.Onnx.Add(
            "TopK",
            [node.Input(0), number],
            [kind == "indices" ? found : node.Result, places],
            OnnxAttribute.Of("axis", axis),
            OnnxAttribute.Of("largest", node.Attributes.Flag("is_ascend", fallback: false) ? 0 : 1));
        if (kind != "value")
        {
            var type = Formats.MXNet.MXNetElementTypes.Parse(node.Attributes.Text("dtype")) ?? "float32";
            node.Onnx.Add(
                "Cast", [places], [node.Output(kind == "both" ? 1 : 0)], OnnxTypes.To(type));
        }
    }

    private static void Take(NodeConversion node)
    {
        if (node.Attributes.Text("mode") is not (null or "clip"))
        {
            throw NodeConversion.Refuse("mode", node.Attributes.Text("mode"));
        }

        var axis = node.Axis("axis", 0);
        var places = node.Step("Cast", [node.Input(1)], OnnxTypes.To("int64"));
        var clipped = node.Step(
            "Clip", [places, node.Constants.Scalar(0, "int64"), node.Constants.Scalar(node.Dimension(axis) - 1, "int64")]);
        node.Emit("Gather", [node.Input(0), clipped], OnnxAttribute.Of("axis", axis));
    }

    private static void OneHot(NodeConversion node)
    {
        var type = Formats.MXNet.MXNetElementTypes.Parse(node.Attributes.Text("dtype")) ?? "float32";
        if (type != "float32")
        {
            throw NodeConversion.Refuse("dtype", type);
        }

        var places = node.Step("Cast", [node.Input(0)], OnnxTypes.To("int64"));
        var values = node.Onnx.Floats((float)node.Attributes.Number("off_value", 0), (float)node.Attributes.Number("on_value", 1));
        var depth = node.Onnx.Integers(node.Attributes.Integer("depth", 1));
        node.Emit("OneHot", [places, depth, values], OnnxAttribute.Of("axis", -1));
    }

    // The places of one element stand in the first axis of MXNet's indices, in the last of ONNX's.
    private static void GatherNd(NodeConversion node)
    {
        var places = node.Step("Cast", [node.Input(1)], OnnxTypes.To("int64"));
        var order = Enumerable.Range(1, node.Rank(1) - 1).Append(0).Select(axis => (long)axis);
        node.Emit("GatherND", [node.Input(0), node.Step("Transpose", [places], OnnxAttribute.Of("perm", order))]);
    }
}
