using Klever.Conversion.Onnx;
using Klever.Formats.NetDef.Inference;
using Klever.Formats.Shapes;

namespace Klever.Conversion.NetDefToOnnx;

/// <summary>Operators that slide a window, or change the resolution.</summary>
internal static class WindowTranslations
{
    private static readonly string[] Convolutions = ["Conv", "Conv1D", "Conv2D", "Conv3D"];

    private static readonly string[] Suffixes = ["", "1D", "2D", "3D"];

    public static IEnumerable<KeyValuePair<string, NetTranslator>> Table =>
    [
        .. Convolutions.Select(type => KeyValuePair.Create<string, NetTranslator>(type, Convolve)),
        new("ConvTranspose", ConvolveTransposed),
        .. Suffixes.Select(
            suffix => KeyValuePair.Create<string, NetTranslator>($"MaxPool{suffix}", t => Pool(t, "MaxPool"))),
        .. Suffixes.Select(
            suffix => KeyValuePair.Create<string, NetTranslator>($"AveragePool{suffix}", t => Pool(t, "AveragePool"))),
        new("ResizeNearest", t => t.Graph.ResizeNearest(
            t.Inputs[0], [1, 1, t.Number("height_scale", 1), t.Number("width_scale", 1)], t.Output)),
        new("UpsampleBilinear", Interpolate),
        new("PadImage", Pad),
        new("ChannelShuffle", Shuffle),
    ];

    private static void Convolve(NetTranslation t)
    {
        if (Arguments(t, t.Rank(0) ?? t.Rank(1)) is { } window)
        {
            var group = OnnxAttribute.Of("group", t.Operator.Integer("group", otherwise: 1));
            t.Graph.Add("Conv", t.Inputs, t.Output, [.. Window(t, window), group]);
        }
    }

    private static void ConvolveTransposed(NetTranslation t)
    {
        if (Arguments(t, t.Rank(0) ?? t.Rank(1)) is { } window)
        {
            t.Graph.Add(
                "ConvTranspose", t.Inputs, t.Output,
                [
                    .. Window(t, window), OnnxAttribute.Of("output_padding", window.Adjustment),
                    OnnxAttribute.Of("group", t.Operator.Integer("group", otherwise: 1)),
                ]);
        }
    }

    private static void Pool(NetTranslation t, string type)
    {
        if (t.Operator.Integer("global_pooling") != 0)
        {
            t.Graph.Add($"Global{type}", t.Inputs, t.Output);
            return;
        }

        if (Arguments(t, t.Rank(0)) is not { } window)
        {
            return;
        }

        var isAverage = type == "AveragePool";
        if (isAverage && window.Dilation.Any(dilation => dilation != 1))
        {
            t.Refuse("a dilated average has no counterpart");
            return;
        }

        List<OnnxAttribute> attributes = [.. Window(t, window, hasDilations: !isAverage)];
        if (isAverage)
        {
            attributes.Add(OnnxAttribute.Of("count_include_pad", t.Operator.Integer("count_include_pad")));
        }

        t.Graph.Add(type, t.Inputs, t.Output, [.. attributes]);
    }

    // Null when the number of axes is not known, or a kernel is missing.
    private static WindowArguments? Arguments(NetTranslation t, int? rank)
    {
        if (rank is not (>= 3 and <= 5))
        {
            t.RefuseUnknown("the rank of its input is not known; declare the sizes of the inputs");
            return null;
        }

        var window = new WindowArguments(t.Operator, rank.Value - 2);
        if (window.Kernel.Any(kernel => kernel <= 0) || window.Stride.Any(stride => stride <= 0))
        {
            t.Refuse("it has no kernel, or a stride of nothing");
            return null;
        }

        return window;
    }

    private static IEnumerable<OnnxAttribute> Window(NetTranslation t, WindowArguments window, bool hasDilations = true)
    {
        yield return OnnxAttribute.Of("kernel_shape", window.Kernel);
        yield return OnnxAttribute.Of("strides", window.Stride);
        if (hasDilations)
        {
            yield return OnnxAttribute.Of("dilations", window.Dilation);
        }

        yield return window.LegacyPadding switch
        {
            WindowArguments.LegacyValid => OnnxAttribute.Of("pads", window.Padding.Select(_ => 0L)),
            WindowArguments.LegacySame => OnnxAttribute.Of("auto_pad", "SAME_UPPER"),
            WindowArguments.LegacyCaffe => OnnxAttribute.Of("pads", CaffePadding(t, window)),
            _ => OnnxAttribute.Of("pads", window.Padding),
        };
    }

    // Caffe rounds the number of windows up; the end is padded until the last one fits.
    private static IEnumerable<long> CaffePadding(NetTranslation t, WindowArguments window)
    {
        var axes = window.Kernel.Count;
        var input = t.Size(0)?.Skip(2).ToList();
        if (!t.Operator.Type.Contains("Pool", StringComparison.Ordinal)
            || input is null || !NetTranslation.AreKnown(input))
        {
            t.Refuse("legacy_pad of Caffe needs a pool and an input whose size is known");
            return window.Padding;
        }

        var before = window.Padding.Take(axes);
        var after = input.Select((length, axis) =>
        {
            var windows = NetImageRules.SlideOver(window, axis, length, window.Kernel[axis]);
            return Math.Max(
                0, ((windows - 1) * window.Stride[axis]) + window.Kernel[axis] - length - window.Padding[axis]);
        }).ToList();
        if (after.Zip(window.Kernel).Any(pair => pair.First >= pair.Second))
        {
            t.Refuse("a window lies wholly outside of the image");
        }

        return [.. before, .. after];
    }

    // upsample_op.cc: the corners of both images are the same pixels, and sizes are rounded down.
    private static void Interpolate(NetTranslation t)
    {
        if (t.Size(0) is not [_, _, var height, var width] || !Dimension.IsKnown(height) || !Dimension.IsKnown(width)
            || t.Inputs.Count > 1)
        {
            t.RefuseUnknown("the size of its image is not known");
            return;
        }

        var shape = t.Graph.Add("Shape", t.Inputs, t.Graph.Between(t.Output, "shape"));
        var kept = t.Graph.Add(
            "Slice", [shape, t.Graph.Integers(0), t.Graph.Integers(2)], t.Graph.Between(t.Output, "kept"));
        var size = t.Graph.Integers(
            (long)(height * t.Number("height_scale", 1)), (long)(width * t.Number("width_scale", 1)));
        var target = t.Graph.Add("Concat", [kept, size], t.Graph.Between(t.Output, "size"), OnnxAttribute.Of("axis", 0L));
        t.Graph.ResizeLinear(t.Inputs[0], target, alignsCorners: true, t.Output);
    }

    private static void Pad(NetTranslation t)
    {
        var window = new WindowArguments(t.Operator, axes: 2);
        var pads = t.Graph.Integers(
            0, 0, window.Padding[0], window.Padding[1], 0, 0, window.Padding[2], window.Padding[3]);
        t.Graph.Add(
            "Pad", [t.Inputs[0], pads, t.Graph.Scalar(t.Number("value", 0))], t.Output,
            OnnxAttribute.Of("mode", t.Operator.Text("mode", "constant")));
    }

    // Channels as groups by members, turned to members by groups.
    private static void Shuffle(NetTranslation t)
    {
        var groups = t.Operator.Integer("group", otherwise: 1);
        if (t.Size(0) is not [_, var channels, _, _] || groups <= 0 || !Dimension.IsKnown(channels)
            || channels % groups != 0)
        {
            t.RefuseUnknown("its channels are not known, or do not divide into its groups");
            return;
        }

        var shape = t.Graph.Add("Shape", t.Inputs, t.Graph.Between(t.Output, "shape"));
        var grouped = t.Graph.Reshape(
            t.Inputs[0], [0, groups, channels / groups, -1], t.Graph.Between(t.Output, "grouped"));
        var turned = t.Graph.Transpose(grouped, [0, 2, 1, 3], t.Graph.Between(t.Output, "turned"));
        t.Graph.Add("Reshape", [turned, shape], t.Output);
    }
}
