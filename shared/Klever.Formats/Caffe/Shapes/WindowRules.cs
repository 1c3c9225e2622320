using Klever.Formats.Caffe.TextFormat;
using Klever.Formats.Shapes;

namespace Klever.Formats.Caffe.Shapes;

/// <summary>Convolution and pooling: layers that slide a window over the axes behind the channels.</summary>
internal static class WindowRules
{
    public static readonly IReadOnlyDictionary<string, Func<LayerShapes, long[]?[]>> Table =
        new Dictionary<string, Func<LayerShapes, long[]?[]>>
        {
            ["Convolution"] = Convolution,
            ["ConvolutionDepthwise"] = Convolution,
            ["DepthwiseConvolution"] = Convolution,
            ["Deconvolution"] = layer => EachBottom(layer, Deconvolve),
            ["DeconvolutionDepthwise"] = layer => EachBottom(layer, Deconvolve),
            ["Im2col"] = layer => EachBottom(layer, Unfold),
            ["Pooling"] = layer => layer.Every(Pool(layer.First, layer.Parameter("pooling_param"))),
        };

    private static long[]?[] Convolution(LayerShapes layer) => EachBottom(layer, Convolve);

    private static long[]?[] EachBottom(LayerShapes layer, Func<long[]?, TextMessage, long[]?> rule)
    {
        var parameters = layer.Parameter("convolution_param");
        return [.. layer.Layer.Tops.Select((_, index) => rule(layer.Bottom(index), parameters))];
    }

    private static long[]? Convolve(long[]? input, TextMessage parameters) =>
        Slide(input, parameters, channels => parameters.Integer("num_output") ?? channels,
            (size, axis) => Window.Floor(size, axis.Covered, axis.Stride, 2 * axis.Pad));

    private static long[]? Deconvolve(long[]? input, TextMessage parameters) =>
        Slide(input, parameters, channels => parameters.Integer("num_output") ?? channels,
            (size, axis) => size < 0 ? -1 : (axis.Stride * (size - 1)) + axis.Covered - (2 * axis.Pad));

    private static long[]? Unfold(long[]? input, TextMessage parameters)
    {
        var area = 1L;
        var output = Slide(input, parameters, channels => channels, (size, axis) =>
        {
            area = LayerShapes.Times(area, axis.Kernel);
            return Window.Floor(size, axis.Covered, axis.Stride, 2 * axis.Pad);
        });
        return LayerShapes.With(output, parameters.Integer("axis") ?? 1, channels => LayerShapes.Times(channels, area));
    }

    private static long[]? Slide(
        long[]? input, TextMessage parameters, Func<long, long> channels, Func<long, WindowAxis, long> slide)
    {
        if (input is null || LayerShapes.Axis(input, parameters.Integer("axis") ?? 1) is not { } channelAxis)
        {
            return null;
        }

        var output = input.ToArray();
        output[channelAxis] = channels(input[channelAxis]);
        var axes = WindowAxis.Read(parameters, input.Length - channelAxis - 1);
        for (var i = 0; i < axes.Count; i++)
        {
            output[channelAxis + 1 + i] = axes[i] is { } axis ? slide(input[channelAxis + 1 + i], axis) : -1;
        }

        return output;
    }

    private static long[]? Pool(long[]? input, TextMessage parameters)
    {
        const int SpatialAxes = 2;
        if (input is not { Length: > SpatialAxes })
        {
            return null;
        }

        var output = input.ToArray();
        var axes = WindowAxis.Read(parameters, SpatialAxes);
        var isGlobal = parameters.Flag("global_pooling") ?? false;
        var clips = axes.Any(axis => axis is { Pad: > 0 });
        for (var i = 0; i < SpatialAxes; i++)
        {
            var position = input.Length - SpatialAxes + i;
            output[position] = isGlobal ? 1 : axes[i] is { } axis ? Pooled(input[position], axis, parameters, clips) : -1;
        }

        return output;
    }

    // A window that would begin beyond the image and its first padding is left out, but only where there is padding.
    private static long Pooled(long size, WindowAxis axis, TextMessage parameters, bool clips)
    {
        if (IsFloor(parameters))
        {
            return Window.Floor(size, axis.Covered, axis.Stride, 2 * axis.Pad);
        }

        var pooled = Window.Ceiling(size, axis.Covered, axis.Stride, 2 * axis.Pad);
        return clips && pooled > 0 && (pooled - 1) * axis.Stride >= size + axis.Pad ? pooled - 1 : pooled;
    }

    private static bool IsFloor(TextMessage parameters) =>
        parameters.Text("round_mode") is "FLOOR" or "1" || parameters.Flag("ceil_mode") is false;
}
