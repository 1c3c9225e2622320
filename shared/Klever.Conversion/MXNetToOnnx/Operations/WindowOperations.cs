using Klever.Conversion.Onnx;
using Klever.Formats.MXNet.Shapes;
using Klever.Formats.Shapes;

namespace Klever.Conversion.MXNetToOnnx.Operations;

/// <summary>Convolution and pooling.</summary>
internal static class WindowOperations
{
    private const int NonSpatialAxes = 2;

    public static readonly IReadOnlyDictionary<string, Action<NodeConversion>> Table =
        new Dictionary<string, Action<NodeConversion>>
        {
            ["Convolution"] = Convolution,
            ["Deconvolution"] = Deconvolution,
            ["Pooling"] = Pooling,
        };

    private static void Convolution(NodeConversion node)
    {
        RefuseOtherLayouts(node);
        var axes = Windows(node);
        node.Emit("Conv", WithBias(node, hasNone: false), Attributes(node, axes, Pads(axes)));
    }

    private static void Deconvolution(NodeConversion node)
    {
        RefuseOtherLayouts(node);
        var axes = Windows(node);
        var adjustments = node.Attributes.Integers("adj")?.ToArray() ?? new long[axes.Count];
        if (node.Attributes.Integers("target_shape") is { } target && target.Any(size => size > 0))
        {
            (axes, adjustments) = Solve(node, axes, target);
        }

        node.Emit(
            "ConvTranspose",
            WithBias(node, hasNone: true),
            [.. Attributes(node, axes, Pads(axes)), OnnxAttribute.Of("output_padding", adjustments)]);
    }

    // deconvolution-inl.h, InferPad
    private static (List<SymbolWindow> Axes, long[] Adjustments) Solve(
        NodeConversion node, IReadOnlyList<SymbolWindow> axes, IReadOnlyList<long> target)
    {
        var surplus = axes.Select((axis, i) =>
            (axis.Stride * (node.Dimension(NonSpatialAxes + i) - 1)) + axis.Covered - target.ElementAtOrDefault(i)).ToList();
        return surplus.TrueForAll(size => size >= 0)
            ? ([.. axes.Select((axis, i) => axis with { Pad = (surplus[i] + 1) / 2 })], [.. surplus.Select(size => size % 2)])
            : throw NodeConversion.Refuse("target_shape", node.Attributes.Text("target_shape"));
    }

    private static void Pooling(NodeConversion node)
    {
        RefuseOtherLayouts(node);
        switch (node.Attributes.Text("pool_type"))
        {
            case null or "max":
                Pool(node, "MaxPool", node.Result);
                break;
            case "avg":
                Pool(node, "AveragePool", node.Result, CountsPadding(node));
                break;
            case "sum":
                PoolSums(node);
                break;
            case "lp":
                Pool(node, "LpPool", node.Result, OnnxAttribute.Of("p", node.Attributes.Integer("p_value", 2)));
                break;
            case var type:
                throw NodeConversion.Refuse("pool_type", type);
        }
    }

    private static OnnxAttribute CountsPadding(NodeConversion node) => OnnxAttribute.Of(
        "count_include_pad", node.Attributes.Flag("count_include_pad", fallback: true) ? 1 : 0);

    // A mean times the size of the window, padding included.
    private static void PoolSums(NodeConversion node)
    {
        if (IsGlobal(node))
        {
            var axes = AxisSteps.Axes(NonSpatialAxes, node.Rank() - NonSpatialAxes);
            node.Onnx.Reduce("ReduceSum", node.Input(0), axes, keepsDimensions: true, node.Result);
            return;
        }

        var means = node.Between("means");
        Pool(node, "AveragePool", means, OnnxAttribute.Of("count_include_pad", 1));
        var elements = Windows(node).Aggregate(1L, (product, axis) => product * axis.Kernel);
        node.Emit("Mul", [means, node.Scalar(elements)]);
    }

    private static bool IsGlobal(NodeConversion node) => node.Attributes.Flag("global_pool", fallback: false);

    private static void Pool(NodeConversion node, string operation, string to, params OnnxAttribute[] extra)
    {
        if (IsGlobal(node))
        {
            node.Onnx.Add(
                "Global" + operation, [node.Input(0)], [to], operation == "LpPool" ? extra : []);
            return;
        }

        var axes = Windows(node);
        List<OnnxAttribute> attributes =
        [
            .. extra,
            OnnxAttribute.Of("kernel_shape", axes.Select(axis => axis.Kernel)),
            OnnxAttribute.Of("strides", axes.Select(axis => axis.Stride)),
            OnnxAttribute.Of("pads", Pads(axes)),
        ];
        if (RoundsUp(node, axes, operation))
        {
            attributes.Add(OnnxAttribute.Of("ceil_mode", 1));
        }

        node.Onnx.Add(operation, [node.Input(0)], [to], [.. attributes]);
    }

    private static bool RoundsUp(NodeConversion node, IReadOnlyList<SymbolWindow> axes, string operation)
    {
        var convention = node.Attributes.Text("pooling_convention");
        if (convention is null or "valid")
        {
            return false;
        }

        if (node.Attributes.Text("pool_type") == "sum")
        {
            throw NodeConversion.Refuse("pooling_convention", convention + " of sums");
        }

        var canOverhang = axes.Where((axis, i) => Overhangs(axis, node.SizeOrNull()?.ElementAtOrDefault(NonSpatialAxes + i) ?? -1));
        return convention == "full" && operation != "LpPool" && !canOverhang.Any()
            ? true
            : throw NodeConversion.Refuse("pooling_convention", convention + " with these sizes");
    }

    // MXNet keeps a window that lies wholly behind the image; ONNX drops it.
    private static bool Overhangs(SymbolWindow axis, long size) => size < 0
        ? axis.Stride + axis.Pad > axis.Kernel
        : (Window.Ceiling(size, axis.Covered, axis.Stride, 2 * axis.Pad) - 1) * axis.Stride >= size + axis.Pad;

    private static void RefuseOtherLayouts(NodeConversion node)
    {
        if (node.Attributes.Text("layout") is not (null or "NCW" or "NCHW" or "NCDHW"))
        {
            throw NodeConversion.Refuse("layout", node.Attributes.Text("layout"));
        }
    }

    private static List<SymbolWindow> Windows(NodeConversion node)
    {
        var rank = node.Attributes.Integers("kernel")?.Count ?? throw new Refusal("attribute kernel is missing");
        return
        [
            .. SymbolWindow.Read(node.Attributes, rank)
                .Select(axis => axis ?? throw new Refusal("its kernel, stride, pad or dilate is not usable")),
        ];
    }

    private static List<long> Pads(IReadOnlyList<SymbolWindow> axes) =>
        [.. axes.Select(axis => axis.Pad), .. axes.Select(axis => axis.Pad)];

    private static OnnxAttribute[] Attributes(NodeConversion node, IReadOnlyList<SymbolWindow> axes, IReadOnlyList<long> pads) =>
    [
        OnnxAttribute.Of("kernel_shape", axes.Select(axis => axis.Kernel)),
        OnnxAttribute.Of("strides", axes.Select(axis => axis.Stride)),
        OnnxAttribute.Of("dilations", axes.Select(axis => axis.Dilation)),
        OnnxAttribute.Of("pads", pads),
        OnnxAttribute.Of("group", node.Attributes.Integer("num_group", 1)),
    ];

    private static List<string> WithBias(NodeConversion node, bool hasNone) =>
        node.Attributes.Flag("no_bias", fallback: hasNone)
            ? [node.Input(0), node.Input(1)]
            : [node.Input(0), node.Input(1), node.Input(2)];
}
