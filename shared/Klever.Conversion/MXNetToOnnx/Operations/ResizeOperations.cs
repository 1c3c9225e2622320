using Klever.Conversion.Onnx;
using Klever.Formats.MXNet.Shapes;

namespace Klever.Conversion.MXNetToOnnx.Operations;

/// <summary>Images to another size.</summary>
internal static class ResizeOperations
{
    private const int NonSpatialAxes = 2;

    public static readonly IReadOnlyDictionary<string, Action<NodeConversion>> Table =
        new Dictionary<string, Action<NodeConversion>>
        {
            ["_contrib_AdaptiveAvgPooling2D"] = AdaptivePooling,
            ["UpSampling"] = UpSampling,
            ["_contrib_BilinearResize2D"] = BilinearResize,
        };

    private static void AdaptivePooling(NodeConversion node)
    {
        var sizes = node.Attributes.Integers("output_size") is { Count: > 0 } given ? given : [1];
        if (sizes.All(size => size == 1))
        {
            node.Emit("GlobalAveragePool", [node.Input(0)]);
            return;
        }

        if (sizes.Any(size => size < 1))
        {
            throw NodeConversion.Refuse("output_size", node.Attributes.Text("output_size"));
        }

        var (height, width) = (node.Dimension(NonSpatialAxes), node.Dimension(NonSpatialAxes + 1));
        if (height % sizes[0] == 0 && width % sizes[^1] == 0)
        {
            long[] kernel = [height / sizes[0], width / sizes[^1]];
            node.Emit(
                "AveragePool", [node.Input(0)], OnnxAttribute.Of("kernel_shape", kernel), OnnxAttribute.Of("strides", kernel));
            return;
        }

        // Windows of different sizes are means all the same: a product with their weights on either side.
        var columns = node.Step("MatMul", [node.Input(0), Means(node, sizes[^1], width, isTurned: true)]);
        node.Emit("MatMul", [Means(node, sizes[0], height, isTurned: false), columns]);
    }

    private static string Means(NodeConversion node, long windows, long length, bool isTurned)
    {
        var weights = new float[TypedConstants.Count(windows, length)];
        for (var window = 0L; window < windows; window++)
        {
            var (start, end) = (window * length / windows, (((window + 1) * length) + windows - 1) / windows);
            for (var place = start; place < end; place++)
            {
                weights[isTurned ? (place * windows) + window : (window * length) + place] = 1f / (end - start);
            }
        }

        var name = node.Between("means");
        node.Onnx.Initializers.Add(new OnnxTensor(
            name, OnnxElementType.Float32, isTurned ? [length, windows] : [windows, length], TensorContent.Of(weights)));
        return node.DType() == "float32" ? name : node.Cast(name, node.DType());
    }

    private static void UpSampling(NodeConversion node)
    {
        var scale = node.Attributes.Integer("scale", 1);
        switch (node.Attributes.Text("sample_type"))
        {
            case "bilinear":
                Interpolate(node, scale);
                break;
            case (null or "nearest") when node.Inputs.Count == 1:
                node.Onnx.ResizeNearest(node.Input(0), [1, 1, scale, scale], node.Result);
                break;
            case null or "nearest":
                UpSampleTogether(node, scale);
                break;
            case var type:
                throw NodeConversion.Refuse("sample_type", type);
        }
    }

    // A deconvolution with weights that the file holds (upsampling-inl.h).
    private static void Interpolate(NodeConversion node, long scale)
    {
        var (kernel, pad) = ((2 * scale) - (scale % 2), scale / 2);
        node.Emit(
            "ConvTranspose",
            [node.Input(0), node.Input(1)],
            OnnxAttribute.Of("kernel_shape", [kernel, kernel]),
            OnnxAttribute.Of("strides", [scale, scale]),
            OnnxAttribute.Of("pads", [pad, pad, pad, pad]),
            OnnxAttribute.Of("group", node.Attributes.Integer("num_filter") ?? node.Dimension(1)));
    }

    // All inputs come to the size of the first.
    private static void UpSampleTogether(NodeConversion node, long scale)
    {
        string[] parts = [.. Enumerable.Range(0, node.Inputs.Count).Select(input =>
        {
            var own = scale * node.Dimension(NonSpatialAxes) / Math.Max(1, node.Dimension(NonSpatialAxes, input));
            return node.Onnx.ResizeNearest(node.Input(input), [1, 1, own, own], node.Between("part"));
        })];
        if (node.Attributes.Text("multi_input_mode") == "sum")
        {
            node.Emit("Sum", parts);
            return;
        }

        node.Emit("Concat", parts, OnnxAttribute.Of("axis", 1));
    }

    private static void BilinearResize(NodeConversion node)
    {
        var aligns = node.Attributes.Flag("align_corners", fallback: true);
        var head = node.Slice(node.Step("Shape", [node.Input(0)]), 0, NonSpatialAxes, axis: 0);
        var size = node.Attributes.Text("mode") == "like"
            ? node.Slice(node.Step("Shape", [node.Input(1)]), NonSpatialAxes, NonSpatialAxes + 2, axis: 0)
            : node.Onnx.Integers(Wanted(node));
        node.Onnx.ResizeLinear(node.Input(0), node.Concat(0, head, size), aligns, node.Result);
    }

    private static long[] Wanted(NodeConversion node)
    {
        var value = SymbolShapes.Of(node.Node, [new SymbolValue(node.Size(), node.DType())])[0].Size;
        return value is [_, _, >= 0, >= 0] ? value[NonSpatialAxes..] : throw new Refusal("the size to give is not known", needsSize: true);
    }
}
