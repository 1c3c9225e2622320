using Klever.Conversion.H5ToSavedModel.TensorFlow;

namespace Klever.Conversion.H5ToSavedModel.Layers;

/// <summary>Convolutions: plain, depthwise and separable. In one dimension they are convolutions of images that are one
/// pixel high.</summary>
internal static class ConvolutionLayers
{
    public static IEnumerable<KeyValuePair<string, KerasEmitter>> Rules { get; } =
    [
        KerasEmitters.Line("Conv1D", layer => Plain(layer, rank: 1)),
        KerasEmitters.Line("Convolution1D", layer => Plain(layer, rank: 1)),
        KerasEmitters.Line("Conv2D", layer => Plain(layer, rank: 2)),
        KerasEmitters.Line("Convolution2D", layer => Plain(layer, rank: 2)),
        KerasEmitters.Line("Conv3D", layer => Plain(layer, rank: 3)),
        KerasEmitters.Line("Convolution3D", layer => Plain(layer, rank: 3)),
        KerasEmitters.Line("DepthwiseConv1D", layer => Depthwise(layer, rank: 1)),
        KerasEmitters.Line("DepthwiseConv2D", layer => Depthwise(layer, rank: 2)),
        KerasEmitters.Line("SeparableConv1D", layer => Separable(layer, rank: 1)),
        KerasEmitters.Line("SeparableConv2D", layer => Separable(layer, rank: 2)),
    ];

    private static string Plain(KerasEmission layer, int rank)
    {
        var window = ConvolutionWindow.Of(layer, rank);
        var filters = layer.Required("filters");
        var groups = layer.Optional("groups", 1);
        if (layer.Channels % groups != 0 || filters % groups != 0)
        {
            throw layer.Refuse($"{layer.Channels} channels or {filters} filters are no multiple of its {groups} groups");
        }

        var input = window.Prepare(layer.Ops, layer.Input);
        long[] channels = [layer.Channels / groups, filters];
        var kernel = rank == 3
            ? window.FilledKernel(layer, "kernel", channels)
            : layer.Weights.Tensor(0, "kernel", [.. window.Kernel, .. channels], window.OnImage(channels));
        var output = groups == 1
            ? window.Convolve(layer.Ops, input, kernel)
            : Grouped(layer.Ops, window, input, kernel, (int)groups);
        return Finish(layer, window, output, filters, biasIndex: 1);
    }

    private static string Grouped(TfOps ops, ConvolutionWindow window, string input, string kernel, int groups)
    {
        var axis = window.Rank == 3 ? 4 : 3;
        var inputs = ops.Split(input, axis, groups);
        var kernels = ops.Split(kernel, axis, groups);
        return ops.Concat([.. inputs.Select((part, i) => window.Convolve(ops, part, kernels[i]))], axis);
    }

    private static string Depthwise(KerasEmission layer, int rank)
    {
        var window = ConvolutionWindow.Of(layer, rank);
        var multiplier = layer.Optional("depth_multiplier", 1);
        var output = EmitDepthwise(layer, window, layer.Channels, multiplier);
        return Finish(layer, window, output, layer.Channels * multiplier, biasIndex: 1);
    }

    private static string Separable(KerasEmission layer, int rank)
    {
        var window = ConvolutionWindow.Of(layer, rank);
        var filters = layer.Required("filters");
        var multiplier = layer.Optional("depth_multiplier", 1);
        var depth = EmitDepthwise(layer, window, layer.Channels, multiplier);
        long[] ones = [.. Enumerable.Repeat(1L, rank)];
        var pointwise = layer.Weights.Tensor(
            1, "pointwise_kernel",
                [.. ones, layer.Channels * multiplier, filters], [1, 1, layer.Channels * multiplier, filters]);
        var output = layer.Ops.Op(
            "Conv2D", [depth, pointwise], TfAttribute.Integers("strides", [1, 1, 1, 1]), TfAttribute.Text(
                "padding", "VALID"));
        return Finish(layer, window, output, filters, biasIndex: 2);
    }

    // TensorFlow's depthwise kernel on a processor knows neither dilation nor two strides: the one becomes zeros in the
    // kernel, the other is refused.
    private static string EmitDepthwise(KerasEmission layer, ConvolutionWindow window, long channels, long multiplier)
    {
        if (window.Rank == 2 && window.Strides[0] != window.Strides[1])
        {
            throw layer.Refuse("its strides differ from each other; a depthwise convolution of TensorFlow has one");
        }

        var kernel = window.FilledKernel(layer, "depthwise_kernel", [channels, multiplier]);
        var strides = window.Strides[0];
        return layer.Ops.Op(
            "DepthwiseConv2dNative",
            [window.Prepare(layer.Ops, layer.Input), kernel],
            TfAttribute.Integers("strides", [1, strides, strides, 1]),
            TfAttribute.Text("padding", window.TfPadding));
    }

    public static string Finish(
        KerasEmission layer, ConvolutionWindow window, string output, long filters, int biasIndex)
    {
        var bias = layer.HasBias ? layer.Weights.Tensor(biasIndex, "bias", [filters]) : null;
        var value = window.Rank == 3 && bias is not null
            ? layer.Ops.Add(output, bias)
            : layer.Ops.BiasAdd(output, bias);
        value = window.Rank == 1 ? layer.Ops.Squeeze(value, axis: 1) : value;
        return Activations.Apply(layer, layer.Ops, value, layer.OutputSizes[0]);
    }
}
