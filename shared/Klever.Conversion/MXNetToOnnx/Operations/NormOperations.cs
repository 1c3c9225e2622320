using Klever.Conversion.Onnx;

namespace Klever.Conversion.MXNetToOnnx.Operations;

/// <summary>Normalisations.</summary>
internal static class NormOperations
{
    public static readonly IReadOnlyDictionary<string, Action<NodeConversion>> Table =
        new Dictionary<string, Action<NodeConversion>>
        {
            ["BatchNorm"] = BatchNorm,
            ["InstanceNorm"] = node => node.Emit(
                "InstanceNormalization",
                [node.Input(0), node.Input(1), node.Input(2)],
                OnnxAttribute.Of("epsilon", (float)node.Attributes.Number("eps", 1e-3))),
            ["LayerNorm"] = LayerNorm,
            ["LRN"] = node => node.Emit(
                "LRN",
                [node.Input(0)],
                OnnxAttribute.Of("size", node.Attributes.Integer("nsize", 5)),
                OnnxAttribute.Of("alpha", (float)node.Attributes.Number("alpha", 1e-4)),
                OnnxAttribute.Of("beta", (float)node.Attributes.Number("beta", 0.75)),
                OnnxAttribute.Of("bias", (float)node.Attributes.Number("knorm", 2))),
            ["L2Normalization"] = L2Normalization,
        };

    private static void BatchNorm(NodeConversion node)
    {
        const double DefaultEpsilon = 1e-3;
        var rank = node.SizeOrNull()?.Length;
        var axis = rank is null ? (int)node.Attributes.Integer("axis", 1) : node.Axis("axis", 1);
        if (axis != 1 && node.Attributes.Has("axis"))
        {
            node.Rank();
        }

        var epsilon = OnnxAttribute.Of("epsilon", (float)node.Attributes.Number("eps", DefaultEpsilon));
        List<string> statistics = [Gamma(node), node.Input(2), node.Input(3), node.Input(4)];
        if (axis == 1)
        {
            node.Emit("BatchNormalization", [node.Input(0), .. statistics], epsilon);
            return;
        }

        var order = Enumerable.Range(0, rank!.Value).Select(i => (long)i).ToArray();
        (order[1], order[axis]) = (order[axis], order[1]);
        var turned = node.Step("Transpose", [node.Input(0)], OnnxAttribute.Of("perm", order));
        var result = node.Step("BatchNormalization", [turned, .. statistics], epsilon);
        node.Emit("Transpose", [result], OnnxAttribute.Of("perm", order));
    }

    // With fix_gamma the stored gamma is not used, and it may be shared with a node that does use it.
    private static string Gamma(NodeConversion node)
    {
        if (!node.Attributes.Flag("fix_gamma", fallback: true))
        {
            return node.Input(1);
        }

        var channels = node.Parameter(1)?.Size ?? node.Parameter(4)?.Size ?? node.Size(1);
        return node.Constants.Filled(1, node.DType(4), channels);
    }

    private static void LayerNorm(NodeConversion node)
    {
        const double DefaultEpsilon = 1e-5;
        var axis = node.Axis("axis", -1);
        var axes = OnnxAttribute.Of("axes", new long[] { axis });
        var centered = node.Step("Sub", [node.Input(0), node.Step("ReduceMean", [node.Input(0)], axes)]);
        var variance = node.Step("ReduceMean", [node.Step("Mul", [centered, centered])], axes);
        var epsilon = node.Scalar(node.Attributes.Number("eps", DefaultEpsilon));
        var deviation = node.Step("Sqrt", [node.Step("Add", [variance, epsilon])]);
        var scaled = node.Step("Mul", [node.Step("Div", [centered, deviation]), Along(node, 1, axis)]);
        node.Emit("Add", [scaled, Along(node, 2, axis)]);
    }

    private static string Along(NodeConversion node, int input, int axis)
    {
        var behind = node.Rank() - axis - 1;
        return node.Unsqueeze(node.Input(input), [.. Enumerable.Range(1, behind).Select(i => (long)i)]);
    }

    private static void L2Normalization(NodeConversion node)
    {
        const double DefaultEpsilon = 1e-10;
        var rank = node.Rank();
        long[] axes = node.Attributes.Text("mode") switch
        {
            null or "instance" => [.. Enumerable.Range(1, rank - 1).Select(i => (long)i)],
            "channel" => [1],
            "spatial" => [.. Enumerable.Range(2, Math.Max(0, rank - 2)).Select(i => (long)i)],
            var mode => throw NodeConversion.Refuse("mode", mode),
        };
        var squares = node.ReduceSum(node.Step("Mul", [node.Input(0), node.Input(0)]), axes);
        var shifted = node.Step("Add", [squares, node.Scalar(node.Attributes.Number("eps", DefaultEpsilon))]);
        node.Emit("Div", [node.Input(0), node.Step("Sqrt", [shifted])]);
    }
}
