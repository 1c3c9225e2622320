using Klever.Formats.Shapes;

namespace Klever.Formats.Keras.Shapes;

/// <summary>Convolutions of every kind, in one to three spatial dimensions.</summary>
internal static class ConvolutionShapes
{
    // Keras 1.
    private static readonly string[][] OldKernelKeys =
        [["filter_length"], ["nb_row", "nb_col"], ["kernel_dim1", "kernel_dim2", "kernel_dim3"]];

    public static IEnumerable<KeyValuePair<string, KerasShapeRule>> Rules { get; } =
    [
        new("Conv1D", Plain(1)), new("Convolution1D", Plain(1)), new("AtrousConvolution1D", Plain(1)),
        new("Conv2D", Plain(2)), new("Convolution2D", Plain(2)), new("AtrousConvolution2D", Plain(2)),
        new("Conv3D", Plain(3)), new("Convolution3D", Plain(3)),
        new("SeparableConv1D", Plain(1)), new("SeparableConv2D", Plain(2)), new("SeparableConvolution2D", Plain(2)),
        new("LocallyConnected1D", Plain(1)), new("LocallyConnected2D", Plain(2)),
        new("DepthwiseConv1D", Depthwise(1)), new("DepthwiseConv2D", Depthwise(2)),
        new("Conv1DTranspose", Transposed(1)), new("Conv2DTranspose", Transposed(2)),
        new("Conv3DTranspose", Transposed(3)),
        new("Convolution2DTranspose", Transposed(2)),
        new("Deconvolution2D", call => Dimensions.One(KerasConfig.Size(call.Config.Find("output_shape")))),
        new("ConvLSTM1D", Recurrent(1)), new("ConvLSTM2D", Recurrent(2)), new("ConvLSTM3D", Recurrent(3)),
    ];

    private static KerasShapeRule Plain(int rank) =>
        call => Dimensions.One(Convolve(call, call.Input, rank, Filters(call)));

    private static KerasShapeRule Depthwise(int rank) => call =>
    {
        var channels = Dimensions.Parts(call.Input, rank, call.IsChannelsFirst)?.Channels ?? Window.Unknown;
        var multiplier = call.Config.Integer("depth_multiplier") ?? 1;
        return Dimensions.One(Convolve(call, call.Input, rank, Dimensions.Times(channels, multiplier)));
    };

    private static KerasShapeRule Recurrent(int rank) => call =>
    {
        if (call.Input is not { } input || input.Count != rank + 3)
        {
            return Dimensions.Nothing;
        }

        var state = Convolve(call, [input[0], .. input.Skip(2)], rank, Filters(call));
        var output = state is not null && call.Config.Flag("return_sequences")
            ? state.Take(1).Append(input[1]).Concat(state.Skip(1)).ToList()
            : state;
        return call.Config.Flag("return_state") ? [output, state, state] : [output];
    };

    private static KerasShapeRule Transposed(int rank) => call =>
    {
        var parts = Dimensions.Parts(call.Input, rank, call.IsChannelsFirst);
        var kernel = call.Config.Integers("kernel_size", rank) ?? OldKernel(call, rank);
        if (parts is not { } image || kernel is null)
        {
            return Dimensions.Nothing;
        }

        var strides = call.Config.Integers("strides", "subsample", rank) ?? Ones(rank);
        var dilation = call.Config.Integers("dilation_rate", rank) ?? Ones(rank);
        var extra = call.Config.Integers("output_padding", rank);
        var isSame = Padding(call) == "same";
        var spatial = image.Spatial.Select((size, i) =>
            TransposedSize(size, kernel[i], strides[i], dilation[i], extra?[i], isSame));
        return Dimensions.One(Dimensions.Image(image.Batch, spatial, Filters(call), call.IsChannelsFirst));
    };

    private static IReadOnlyList<long>? Convolve(KerasCall call, IReadOnlyList<long>? input, int rank, long channels)
    {
        var isFirst = call.IsChannelsFirst;
        var kernel = call.Config.Integers("kernel_size", rank) ?? OldKernel(call, rank);
        if (Dimensions.Parts(input, rank, isFirst) is not { } image || kernel is null)
        {
            return null;
        }

        var strides = call.Config.Integers("strides", rank)
            ?? call.Config.Integers("subsample", "subsample_length", rank)
            ?? Ones(rank);
        var dilation = call.Config.Integers("dilation_rate", "atrous_rate", rank) ?? Ones(rank);
        var padding = Padding(call);
        var spatial = image.Spatial.Select((size, i) => Slide(size, kernel[i], strides[i], dilation[i], padding));
        return Dimensions.Image(image.Batch, spatial, channels, isFirst);
    }

    /// <summary>A window of this padding over one dimension; also what pooling does.</summary>
    internal static long Slide(long size, long kernel, long stride, long dilation, string padding)
    {
        var window = Window.Effective(kernel, dilation);
        return padding switch
        {
            "same" or "causal" => Window.Same(size, stride),
            "full" => Window.Floor(size, window, stride, 2 * (window - 1)),
            _ => Window.Floor(size, window, stride, padding: 0),
        };
    }

    internal static string Padding(KerasCall call) =>
        call.Config.Text("padding") ?? call.Config.Text("border_mode") ?? "valid";

    private static long TransposedSize(long size, long kernel, long stride, long dilation, long? extra, bool isSame)
    {
        if (size == Window.Unknown)
        {
            return Window.Unknown;
        }

        var window = Window.Effective(kernel, dilation);
        var length = extra is { } added
            ? ((size - 1) * stride) + window - (2 * (isSame ? window / 2 : 0)) + added
            : (size * stride) + (isSame ? 0 : Math.Max(window - stride, 0));
        return length < 0 ? Window.Unknown : length;
    }

    private static long Filters(KerasCall call) => call.Config.Integer("filters", "nb_filter") ?? Window.Unknown;

    private static long[]? OldKernel(KerasCall call, int rank)
    {
        var found = OldKernelKeys[rank - 1].Select(key => call.Config.Integer(key)).ToList();
        return found.Contains(null) ? null : [.. found.Select(size => size!.Value)];
    }

    private static long[] Ones(int rank) => [.. Enumerable.Repeat(1L, rank)];
}
