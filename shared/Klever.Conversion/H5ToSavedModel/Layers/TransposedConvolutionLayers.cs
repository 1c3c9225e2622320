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
    ];

    private static string Transposed(KerasEmission layer, int rank)
    {
        var window = ConvolutionWindow.Of(layer, rank);
        if (window.Dilation.Any(rate => rate != 1))
        {
            throw layer.Refuse("it is dilated; a transposed convolution is converted without dilation");
        }

        var ops = layer.Ops;
        var filters = layer.Required("filters");
        var kernel = layer.Weights.Tensor(
            0, "kernel", [.. window.Kernel, filters, layer.Channels], window.OnImage([filters, layer.Channels]));
        var input = window.Prepare(ops, layer.Input);
        long[] strides = rank == 1 ? [1, 1, window.Strides[0], 1] : [1, .. window.Strides, 1];
        var output = ops.Op(
            "Conv2DBackpropInput",
            [OutputSize(layer, window, input, filters), kernel, input],
            TfAttribute.Integers("strides", strides),
            TfAttribute.Text("padding", window.TfPadding));
        output = layer.HasBias ? ops.BiasAdd(output, layer.Weights.Tensor(1, "bias", [filters])) : output;
        output = rank == 1 ? ops.Squeeze(output, axis: 1) : output;
        return Activations.Apply(layer, ops, output, layer.OutputSizes[0]);
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

    private static string Computed(KerasEmission layer, ConvolutionWindow window, string shape, int axis)
    {
        if (layer.Config.Find("output_padding") is not null)
        {
            throw layer.Refuse(
                "it has output_padding and an input of unknown size; give the model's input a fixed size");
        }

        var ops = layer.Ops;
        var length = ops.Int32Op(
            "Mul", ops.Dimension(shape, 3 - window.Rank + axis), ops.Integer((int)window.Strides[axis]));
        var extra = window.TfPadding == "SAME" ? 0 : Math.Max(window.Kernel[axis] - window.Strides[axis], 0);
        return extra == 0 ? length : ops.Int32Op("AddV2", length, ops.Integer((int)extra));
    }
}
