using Klever.Conversion.H5ToSavedModel.TensorFlow;

namespace Klever.Conversion.H5ToSavedModel.Layers;

/// <summary>Transposed convolutions: TensorFlow's gradient of a convolution, which is told the size of its
/// result.</summary>
internal static class TransposedConvolutionLayers
{
    public static IEnumerable<KeyValuePair<string, KerasEmitter>> Rules { get; } =
    [
        KerasEmitters.Line("Conv1DTranspose", layer => Transposed(layer, rank: 1)),
        KerasEmitters.Line("Conv2DTranspose", layer => Transposed(layer, rank: 2)),
        KerasEmitters.Line("Convolution2DTranspose", layer => Transposed(layer, rank: 2)),
        KerasEmitters.Line("Conv3DTranspose", layer => Transposed(layer, rank: 3)),
    ];

    private static string Transposed(KerasEmission layer, int rank)
    {
        var window = ConvolutionWindow.Of(layer, rank);
        if (layer.Optional("groups", 1) != 1)
        {
            throw layer.Refuse("it has groups; a transposed convolution is converted without");
        }

        var ops = layer.Ops;
        var filters = layer.Required("filters");
        var kernel = window.FilledKernel(layer, "kernel", [filters, layer.Channels]);
        var input = window.Prepare(ops, layer.Input);
        var output = ops.Op(
            rank == 3 ? "Conv3DBackpropInputV2" : "Conv2DBackpropInput",
            [OutputSize(layer, window, input, filters), kernel, input],
            TfAttribute.Integers("strides", window.Around(window.Strides)),
            TfAttribute.Text("padding", window.TfPadding));
        return ConvolutionLayers.Finish(layer, window, output, filters, biasIndex: 1);
    }

    private static string OutputSize(KerasEmission layer, ConvolutionWindow window, string input, long filters)
    {
        var ops = layer.Ops;
        var shape = ops.Shape(input);
        var dimensions = new List<string> { ops.Dimension(shape, 0) };
        if (window.Rank == 1)
        {
            dimensions.Add(ops.Integer(1));
        }

        for (var i = 0; i < window.Rank; i++)
        {
            var known = layer.OutputSizes[0]?[i + 1] ?? -1;
            dimensions.Add(known >= 0 ? ops.Integer((int)known) : Computed(layer, window, shape, i));
        }

        return ops.PackShape([.. dimensions, ops.Integer((int)filters)]);
    }

    // size * stride, and what the kernel adds to it; with output_padding that is counted from the last window.
    private static string Computed(KerasEmission layer, ConvolutionWindow window, string shape, int axis)
    {
        var ops = layer.Ops;
        var (stride, kernel) = (window.Strides[axis], ((window.Kernel[axis] - 1) * window.Dilation[axis]) + 1);
        var isSame = window.TfPadding == "SAME";
        var extra = layer.Config.Find("output_padding") is null
            ? (isSame ? 0 : Math.Max(kernel - stride, 0))
            : kernel - stride - (isSame ? 2 * (kernel / 2) : 0) + layer.Axes("output_padding", window.Rank, otherwise: 0)[axis];
        var length = ops.Int32Op(
            "Mul", ops.Dimension(shape, window.Rank == 1 ? 2 : axis + 1), ops.Integer(checked((int)stride)));
        return extra == 0 ? length : ops.Int32Op("AddV2", length, ops.Integer(checked((int)extra)));
    }
}
