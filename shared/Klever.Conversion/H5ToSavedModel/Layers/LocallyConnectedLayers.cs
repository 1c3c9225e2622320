using Klever.Conversion.H5ToSavedModel.TensorFlow;

namespace Klever.Conversion.H5ToSavedModel.Layers;

/// <summary>Convolutions with a kernel of its own for each place. The file has one matrix for each place (implementation 1), or one for
/// the whole image, with zeros (2) or without them (3).</summary>
internal static class LocallyConnectedLayers
{
    public static IEnumerable<KeyValuePair<string, KerasEmitter>> Rules { get; } =
    [
        KerasEmitters.Line("LocallyConnected1D", layer => Emit(layer, rank: 1)),
        KerasEmitters.Line("LocallyConnected2D", layer => Emit(layer, rank: 2)),
    ];

    private static string Emit(KerasEmission layer, int rank)
    {
        var window = ConvolutionWindow.Of(layer, rank);
        var filters = layer.Required("filters");
        var output = layer.OutputSizes[0] is { } size && size.Skip(1).All(length => length > 0)
            ? size.Skip(1).ToArray()
            : throw layer.Refuse("the size of its input is not known, or too small for its kernel");
        var implementation = layer.Config.Integer("implementation") ?? 1;
        var value = implementation switch
        {
            1 when window.Padding == "valid" => OfPatches(layer, window, output, filters),
            2 or 3 => LocalMatrix.Of(layer, window, output).Emit(implementation == 3),
            _ => throw layer.Refuse($"its implementation {implementation} with the padding {window.Padding} is none that Keras has"),
        };
        value = layer.HasBias ? layer.Ops.Add(value, layer.Weights.Tensor(1, "bias", output)) : value;
        return Activations.Apply(layer, layer.Ops, value, layer.OutputSizes[0]);
    }

    // [places, batch, patch] times [places, patch, filters].
    private static string OfPatches(KerasEmission layer, ConvolutionWindow window, long[] output, long filters)
    {
        var ops = layer.Ops;
        var places = output.SkipLast(1).Aggregate(1L, (product, size) => product * size);
        var patch = window.Kernel.Aggregate(layer.Channels, (product, size) => product * size);
        var kernel = layer.Weights.Tensor(0, "kernel", [places, patch, filters]);
        var patches = ops.Op(
            "ExtractImagePatches",
            [window.Prepare(ops, layer.Input)],
            TfAttribute.Integers("ksizes", window.Around(window.Kernel)),
            TfAttribute.Integers("strides", window.Around(window.Strides)),
            TfAttribute.Integers("rates", [1, 1, 1, 1]),
            TfAttribute.Text("padding", "VALID"));
        var ordered = ops.Transpose(ops.Reshape(patches, -1, places, patch), 1, 0, 2);
        return ops.Reshape(ops.Transpose(ops.Op("BatchMatMulV2", [ordered, kernel]), 1, 0, 2), [-1, .. output]);
    }
}
