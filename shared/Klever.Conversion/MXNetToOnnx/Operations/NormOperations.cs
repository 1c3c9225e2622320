using Klever.Conversion.Onnx;

namespace Klever.Conversion.MXNetToOnnx.Operations;

/// <summary>Normalisations.</summary>
internal static class NormOperations
{
    public static readonly IReadOnlyDictionary<string, Action<NodeConversion>> Table =
        new Dictionary<string, Action<NodeConversion>>
        {
            ["BatchNorm"] = node => BatchNorm(node, node.Result),
            ["_contrib_BatchNormWithReLU"] = BatchNormWithRelu,
            ["GroupNorm"] = GroupNorm,
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

    private static void BatchNormWithRelu(NodeConversion node)
    {
        var normed = node.Between("normed");
        BatchNorm(node, normed);
        node.Emit("Relu", [normed]);
    }

    private static void BatchNorm(NodeConversion node, string to)
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
            node.Onnx.Add("BatchNormalization", [node.Input(0), .. statistics], to, epsilon);
            return;
        }

        if (rank is null or < 2)
        {
            throw NodeConversion.Refuse("axis", node.Attributes.Text("axis"));
        }

        var order = Enumerable.Range(0, rank.Value).Select(i => (long)i).ToArray();
        (order[1], order[axis]) = (order[axis], order[1]);
        var turned = node.Transpose(node.Input(0), order);
        node.Onnx.Transpose(node.Step("BatchNormalization", [turned, .. statistics], epsilon), order, to);
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

    // Each group is an instance of its own; gamma and beta are for groups up to MXNet 1.9, then for channels.
    private static void GroupNorm(NodeConversion node)
    {
        const double DefaultEpsilon = 1e-5;
        var groups = node.Attributes.Integer("num_groups", 1);
        var isByGroup = node.Dimension(0, index: 1) == groups;
        if (groups < 1 || node.Dimension(1) % groups != 0)
        {
            throw NodeConversion.Refuse("num_groups", node.Attributes.Text("num_groups"));
        }

        var scale = isByGroup ? node.Input(1) : node.Constants.Filled(1, node.DType(), [groups]);
        var shift = isByGroup ? node.Input(2) : node.Constants.Filled(0, node.DType(), [groups]);
        var normed = node.Step(
            "InstanceNormalization",
            [node.Reshape(node.Input(0), 0, groups, -1), scale, shift],
            OnnxAttribute.Of("epsilon", (float)node.Attributes.Number("eps", DefaultEpsilon)));
        var size = node.Step("Shape", [node.Input(0)]);
        if (isByGroup)
        {
            node.Emit("Reshape", [normed, size]);
            return;
        }

        var scaled = node.Step("Mul", [node.Step("Reshape", [normed, size]), Along(node, 1, axis: 1)]);
        node.Emit("Add", [scaled, Along(node, 2, axis: 1)]);
    }

    private static string Along(NodeConversion node, int input, int axis)
    {
        var behind = node.Rank() - axis - 1;
        return node.Unsqueeze(node.Input(input), AxisSteps.Axes(1, behind));
    }

    private static void L2Normalization(NodeConversion node)
    {
        const double DefaultEpsilon = 1e-10;
        var rank = node.Rank();
        var axes = node.Attributes.Text("mode") switch
        {
            null or "instance" => AxisSteps.Axes(1, rank - 1),
            "channel" => AxisSteps.Axes(1, 1),
            "spatial" => AxisSteps.Axes(2, rank - 2),
            var mode => throw NodeConversion.Refuse("mode", mode),
        };
        var squares = node.ReduceSum(node.Step("Mul", [node.Input(0), node.Input(0)]), axes);
        var shifted = node.Step("Add", [squares, node.Scalar(node.Attributes.Number("eps", DefaultEpsilon))]);
        node.Emit("Div", [node.Input(0), node.Step("Sqrt", [shifted])]);
    }
}
