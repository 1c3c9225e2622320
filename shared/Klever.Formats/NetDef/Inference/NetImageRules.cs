using Klever.Formats.Shapes;

namespace Klever.Formats.NetDef.Inference;

/// <summary>Operators that slide a window or change the resolution.</summary>
internal static class NetImageRules
{
    private static readonly string[] Convolutions =
        ["Conv", "Conv1D", "Conv2D", "Conv3D", "ConvRelu", "Int8Conv", "Int8ConvRelu", "ChannelwiseConv3D"];

    private static readonly string[] Transposed = ["ConvTranspose", "Int8ConvTranspose"];

    private static readonly string[] Pools =
    [
        "AveragePool", "AveragePool1D", "AveragePool2D", "AveragePool3D", "LpPool", "MaxPool", "MaxPool1D",
        "MaxPool2D", "MaxPool3D", "Int8AveragePool", "Int8MaxPool", "MaxPoolWithIndex",
    ];

    public static IEnumerable<KeyValuePair<string, NetRule>> Table =>
    [
        .. Convolutions.Select(name => NetRules.Line(name, operation => Convolve(operation, SlideOver))),
        .. Transposed.Select(
            name => NetRules.Line(name, operation => Convolve(operation, SlideBack, isTransposed: true))),
        .. Pools.Select(name => NetRules.Line(name, Pool)),
        NetRules.Line("ResizeNearest", Resize),
        NetRules.Line("Int8ResizeNearest", Resize),
        NetRules.Line("UpsampleBilinear", Resize),
        NetRules.Line("ResizeNearest3D", _ => TensorFact.OfRank(5)),
        NetRules.Line("UpsampleNearest", UpsampleNearest),
        NetRules.Line("PadImage", Pad),
        NetRules.Line("RoIAlign", PoolRegions),
        NetRules.Line("RoIPool", PoolRegions),
        NetRules.Line("NCHW2NHWC", operation => operation.Input(0).Transpose([0, 2, 3, 1])),
        NetRules.Line("NHWC2NCHW", operation => operation.Input(0).Transpose([0, 3, 1, 2])),
    ];

    // Weights are M C/group k…, or in NHWC M k… C/group; those of a transposed convolution have M second.
    private static TensorFact Convolve(
        NetOperation operation, Func<WindowArguments, int, long, long, long> length, bool isTransposed = false)
    {
        var weights = operation.Size(1);
        var rank = operation.Size(0)?.Count ?? weights?.Count ?? 4;
        if (rank is < 3 or > 5)
        {
            return TensorFact.Unknown;
        }

        var input = operation.Size(0) ?? TensorFact.OfRank(rank).Size!;
        weights = weights?.Count == rank ? weights : TensorFact.OfRank(rank).Size!;
        var window = new WindowArguments(operation.Operator, rank - 2);
        var spatial = operation.IsChannelsLast ? 1 : 2;
        var size = input.ToArray();
        size[operation.IsChannelsLast ? rank - 1 : 1] = isTransposed
            ? Dimension.Multiply(
                weights[operation.IsChannelsLast ? rank - 1 : 1], operation.Operator.Integer("group", otherwise: 1))
            : weights[0];
        for (var i = 0; i < rank - 2; i++)
        {
            var kernel = window.Kernel[i] > 0 ? window.Kernel[i] : weights[spatial + i];
            size[spatial + i] = length(window, i, input[spatial + i], kernel);
        }

        return new TensorFact(size);
    }

    private static TensorFact Pool(NetOperation operation)
    {
        if (operation.Size(0) is not { Count: >= 3 and <= 5 } input)
        {
            return TensorFact.Unknown;
        }

        var window = new WindowArguments(operation.Operator, input.Count - 2);
        var spatial = operation.IsChannelsLast ? 1 : 2;
        var isGlobal = operation.Operator.Integer("global_pooling") != 0;
        return new TensorFact([.. input.Select((length, axis) => Slide(length, axis - spatial))]);

        long Slide(long length, int axis) =>
            axis < 0 || axis >= input.Count - 2 ? length
            : isGlobal ? 1
            : SlideOver(window, axis, length, window.Kernel[axis]);
    }

    public static long SlideOver(WindowArguments window, int axis, long input, long kernel)
    {
        var (stride, padding) = (window.Stride[axis], window.TotalPadding(axis));
        if (!Dimension.IsKnown(input) || !Dimension.IsKnown(kernel) || stride <= 0)
        {
            // Such as 3x3 with padding 1: the length stays, whatever it is.
            return stride == 1 && Dimension.IsKnown(kernel)
                && padding == Window.Effective(kernel, window.Dilation[axis]) - 1
                ? input
                : Dimension.Unknown;
        }

        var effective = Window.Effective(kernel, window.Dilation[axis]);
        var length = window.LegacyPadding switch
        {
            WindowArguments.LegacyValid => Window.Floor(input, effective, stride, padding: 0),
            WindowArguments.LegacySame => Window.Same(input, stride),
            WindowArguments.LegacyCaffe => Clip(Window.Ceiling(input, effective, stride, padding)),
            _ => Window.Floor(input, effective, stride, padding),
        };
        return length < 0 ? Dimension.Unknown : length;

        // As Caffe does it: the last window must begin inside of the image and the padding before it.
        long Clip(long ceiling) =>
            window.Padding[axis] > 0 && (ceiling - 1) * stride >= input + window.Padding[axis] ? ceiling - 1 : ceiling;
    }

    private static long SlideBack(WindowArguments window, int axis, long input, long kernel) =>
        Dimension.Add(
            Dimension.Multiply(Dimension.Subtract(input, 1), window.Stride[axis]),
            Dimension.Add(Dimension.Subtract(kernel, window.TotalPadding(axis)), window.Adjustment[axis]));

    private static TensorFact Resize(NetOperation operation)
    {
        if (operation.Size(0) is not { Count: 4 } input)
        {
            return TensorFact.OfRank(4);
        }

        var spatial = operation.IsChannelsLast ? 1 : 2;
        var size = input.ToArray();
        size[spatial] = Scaled(size[spatial], operation.Operator, "height_scale");
        size[spatial + 1] = Scaled(size[spatial + 1], operation.Operator, "width_scale");
        return new TensorFact(size);
    }

    private static long Scaled(long length, NetOperator operation, string argument)
    {
        var scale = operation.Arguments.GetValueOrDefault(argument)?.Number ?? 1;
        return length is >= 0 and <= int.MaxValue && scale is > 0 and < int.MaxValue
            ? (long)(length * (double)scale)
            : Dimension.Unknown;
    }

    private static TensorFact UpsampleNearest(NetOperation operation)
    {
        var scale = operation.Operator.Integer("scale", otherwise: 2);
        return operation.Size(0) is [var batch, var channels, var height, var width]
            ? new TensorFact([batch, channels, Dimension.Multiply(height, scale), Dimension.Multiply(width, scale)])
            : TensorFact.OfRank(4);
    }

    private static TensorFact Pad(NetOperation operation)
    {
        if (operation.Size(0) is not { Count: 4 } input)
        {
            return TensorFact.OfRank(4);
        }

        var window = new WindowArguments(operation.Operator, axes: 2);
        var spatial = operation.IsChannelsLast ? 1 : 2;
        return new TensorFact([.. input.Select((length, axis) =>
            axis >= spatial && axis < spatial + 2
                ? Dimension.Add(length, window.TotalPadding(axis - spatial))
                : length)]);
    }

    private static TensorFact PoolRegions(NetOperation operation)
    {
        var regions = operation.Size(1) is [var count, ..] ? count : Dimension.Unknown;
        var height = operation.Operator.Integer("pooled_h", otherwise: 1);
        var width = operation.Operator.Integer("pooled_w", otherwise: 1);
        return operation.Size(0) is { Count: 4 } input
            ? new TensorFact(
                operation.IsChannelsLast ? [regions, height, width, input[3]] : [regions, input[1], height, width])
            : TensorFact.OfRank(4);
    }
}
