using Klever.Formats.Caffe.Shapes;
using Klever.Formats.Caffe.TextFormat;

namespace Klever.Conversion.CaffeToNetDef.Layers;

/// <summary>Convolution, pooling and scaling of images.</summary>
internal static class WindowLayers
{
    private const int SpatialAxes = 2;
    private const long CaffeLegacyPooling = 3;

    public static readonly IReadOnlyDictionary<string, Action<LayerConversion>> Table =
        new Dictionary<string, Action<LayerConversion>>
        {
            ["Convolution"] = layer => Convolve(layer, "Conv", isDepthwise: false),
            ["ConvolutionDepthwise"] = layer => Convolve(layer, "Conv", isDepthwise: true),
            ["DepthwiseConvolution"] = layer => Convolve(layer, "Conv", isDepthwise: true),
            ["Deconvolution"] = layer => Convolve(layer, "ConvTranspose", isDepthwise: false),
            ["Pooling"] = Pool,
            ["Upsample"] = Upsample,
            ["Interp"] = Interpolate,
        };

    private static void Convolve(LayerConversion layer, string type, bool isDepthwise)
    {
        var parameters = layer.Parameter("convolution_param");
        if (parameters.Integer("axis") is not (null or 1) || layer.Inputs.Count != 1)
        {
            throw new LayerRefusal("only one bottom with the channels in axis 1 is supported");
        }

        var axes = Windows(parameters);
        var outputs = parameters.Integer("num_output") ?? throw new LayerRefusal("num_output is missing");
        var group = parameters.Integer("group") ?? (isDepthwise ? outputs : 1);
        if (type == "ConvTranspose" && axes.Exists(axis => axis.Dilation != 1))
        {
            throw new LayerRefusal("a dilation is not supported");
        }

        var inputs = new List<string> { layer.Input, Filter(layer, type, outputs, group, axes) };
        if (parameters.Flag("bias_term") ?? true)
        {
            inputs.Add(layer.Weight("_b", layer.Blob(1), outputs));
        }

        List<NetArgument> arguments = [.. Arguments(axes), NetArgument.Of("order", "NCHW")];
        if (group != 1)
        {
            arguments.Add(NetArgument.Of("group", group));
        }

        layer.Emit(type, inputs, [.. arguments]);
    }

    // What the other side of the filter is, its weights tell.
    private static string Filter(LayerConversion layer, string type, long outputs, long group, List<WindowAxis> axes)
    {
        var blob = layer.Blob(0);
        var first = type == "Conv" ? outputs : Inputs(layer, blob, outputs / group, axes);
        var window = axes[0].Kernel * axes[1].Kernel;
        return first <= 0 || group <= 0 || outputs % group != 0 || blob.Content.Count % (first * window) != 0
            ? throw new LayerRefusal(
                ConversionProblem.WeightShapeMismatch,
                $"a weight of size [{string.Join(", ", blob.Size)}] does not fit {outputs} outputs in {group} groups")
            : layer.Weight("_w", blob, first, blob.Content.Count / (first * window), axes[0].Kernel, axes[1].Kernel);
    }

    private static long Inputs(LayerConversion layer, CaffeBlob blob, long outputsPerGroup, List<WindowAxis> axes) =>
        layer.SizeOrNull() is [_, > 0 and var channels, _, _] ? channels
        : blob.Content.Count / Math.Max(1, outputsPerGroup * axes[0].Kernel * axes[1].Kernel);

    private static void Pool(LayerConversion layer)
    {
        var parameters = layer.Parameter("pooling_param");
        var type = parameters.Text("pool") switch
        {
            null or "MAX" or "0" => "MaxPool",
            "AVE" or "1" => "AveragePool",
            var other => throw new LayerRefusal($"pool = {other} is not supported"),
        };
        if (layer.Outputs.Count > 1)
        {
            throw new LayerRefusal("a second top, the mask, is not supported");
        }

        var order = NetArgument.Of("order", "NCHW");
        if (parameters.Flag("global_pooling") ?? false)
        {
            layer.Emit(type, [layer.Input], NetArgument.Of("global_pooling", 1), order);
            return;
        }

        var axes = Windows(parameters);
        List<NetArgument> arguments = [.. Arguments(axes), order];
        var roundsDown = parameters.Text("round_mode") is "FLOOR" or "1" || parameters.Flag("ceil_mode") is false;
        if (!roundsDown)
        {
            arguments.Add(NetArgument.Of("legacy_pad", CaffeLegacyPooling));
        }

        if (type == "AveragePool" && axes.Exists(axis => axis.Pad > 0))
        {
            RefuseOverhang(layer, axes);
            arguments.Add(NetArgument.Of("count_include_pad", 1));
        }

        layer.Emit(type, [layer.Input], [.. arguments]);
    }

    // Caffe divides by what of the window lies within the padded image, Caffe2 by the whole window.
    private static void RefuseOverhang(LayerConversion layer, List<WindowAxis> axes)
    {
        var (before, after) = (layer.Size(), CaffeShapes.Of(layer.Layer, [layer.Size()])[0]!);
        for (var i = 0; i < axes.Count; i++)
        {
            var place = before.Length - SpatialAxes + i;
            if (before[place] < 0)
            {
                throw LayerRefusal.OfSize("the image, whose padding counts in the mean,");
            }

            if (((after[place] - 1) * axes[i].Stride) + axes[i].Kernel > before[place] + (2 * axes[i].Pad))
            {
                throw new LayerRefusal("a mean whose last window reaches beyond the padding is not supported");
            }
        }
    }

    private static void Upsample(LayerConversion layer)
    {
        var parameters = layer.Parameter("upsample_param");
        if (layer.Inputs.Count != 1 || parameters.Has("upsample_h") || parameters.Has("upsample_w"))
        {
            throw new LayerRefusal("only a scale of one bottom is supported");
        }

        var scale = parameters.Integer("scale") ?? 2;
        layer.Emit(
            "ResizeNearest",
            [layer.Input],
            NetArgument.Of("width_scale", (float)(parameters.Integer("scale_w") ?? scale)),
            NetArgument.Of("height_scale", (float)(parameters.Integer("scale_h") ?? scale)),
            NetArgument.Of("order", "NCHW"));
    }

    // Both keep the corners where they are. Caffe2 is told a factor, and rounds what comes of it down.
    private static void Interpolate(LayerConversion layer)
    {
        var parameters = layer.Parameter("interp_param");
        if (parameters.Integer("pad_beg") is not (null or 0) || parameters.Integer("pad_end") is not (null or 0))
        {
            throw new LayerRefusal("pad_beg and pad_end are not supported");
        }

        var (before, after) = (layer.Size(), CaffeShapes.Of(layer.Layer, [layer.Size()])[0]);
        if (after is not [_, _, > 0, > 0] || before[2] <= 0 || before[3] <= 0)
        {
            throw LayerRefusal.OfSize("the image");
        }

        layer.Emit(
            "UpsampleBilinear",
            [layer.Input],
            NetArgument.Of("width_scale", Factor(before[3], after[3])),
            NetArgument.Of("height_scale", Factor(before[2], after[2])),
            NetArgument.Of("order", "NCHW"));
    }

    private static float Factor(long from, long to)
    {
        var factor = (float)to / from;
        return (long)(from * factor) < to ? MathF.BitIncrement(factor) : factor;
    }

    private static List<WindowAxis> Windows(TextMessage parameters) =>
        [.. WindowAxis.Read(parameters, SpatialAxes).Select(axis => axis is { Kernel: > 0 }
            ? axis
            : throw new LayerRefusal("its kernel, stride, pad or dilation is missing or not usable"))];

    private static IEnumerable<NetArgument> Arguments(List<WindowAxis> axes)
    {
        var (height, width) = (axes[0], axes[1]);
        return
        [
            .. Both("kernel", height.Kernel, width.Kernel, fallback: 0),
            .. Both("stride", height.Stride, width.Stride, fallback: 1),
            .. Both("dilation", height.Dilation, width.Dilation, fallback: 1),
            .. height.Pad == width.Pad
                ? Both("pad", height.Pad, width.Pad, fallback: 0)
                :
                [
                    NetArgument.Of("pad_t", height.Pad), NetArgument.Of("pad_l", width.Pad),
                    NetArgument.Of("pad_b", height.Pad), NetArgument.Of("pad_r", width.Pad),
                ],
        ];
    }

    private static NetArgument[] Both(string name, long height, long width, long fallback) =>
        height != width ? [NetArgument.Of(name + "_h", height), NetArgument.Of(name + "_w", width)]
        : height == fallback ? []
        : [NetArgument.Of(name, height)];
}
