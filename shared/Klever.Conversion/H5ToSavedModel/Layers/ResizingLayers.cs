using Klever.Conversion.H5ToSavedModel.TensorFlow;
using Klever.Formats.Keras.Shapes;

namespace Klever.Conversion.H5ToSavedModel.Layers;

/// <summary>Padding, cropping and up-sampling.</summary>
internal static class ResizingLayers
{
    public static IEnumerable<KeyValuePair<string, KerasEmitter>> Rules { get; } =
    [
        .. Enumerable.Range(1, 3).SelectMany(rank => (KeyValuePair<string, KerasEmitter>[])
        [
            KerasEmitters.Line($"ZeroPadding{rank}D", layer => Pad(layer, rank)),
            KerasEmitters.Line($"Cropping{rank}D", layer => Crop(layer, rank)),
        ]),
        KerasEmitters.Line("UpSampling1D", UpSampleSequence),
        KerasEmitters.Line(
            "UpSampling2D", layer => Resize(layer, layer.Input, layer.Axes("size", 2, otherwise: 2), layer.Size)),
    ];

    private static string Pad(KerasEmission layer, int rank) =>
        layer.Ops.Pad(layer.Input, [(0, 0), .. Borders(layer, "padding", rank), (0, 0)]);

    private static string Crop(KerasEmission layer, int rank)
    {
        var borders = Borders(layer, "cropping", rank);
        return layer.Ops.Slice(
            layer.Input, [0, .. borders.Select(border => border.Before), 0], [0, .. borders.Select(
                border => -border.After), 0]);
    }

    private static (long Before, long After)[] Borders(KerasEmission layer, string key, int rank) =>
        layer.Rank == rank + 2 && ResizingShapes.Borders(layer.Config.Find(key), rank) is { } borders
            ? borders
            : throw layer.Refuse($"its setting {key} does not fit an input of {layer.Rank} dimensions");

    private static string UpSampleSequence(KerasEmission layer)
    {
        var image = layer.Ops.ExpandDims(layer.Input, axis: 2);
        long[] size = [layer.Size[0], layer.Size[1], 1, layer.Size[2]];
        return layer.Ops.Squeeze(Resize(layer, image, [layer.Axes("size", 1, otherwise: 2)[0], 1], size), axis: 2);
    }

    private static string Resize(KerasEmission layer, string input, long[] factors, IReadOnlyList<long> size)
    {
        var ops = layer.Ops;
        var interpolation = layer.Config.Text("interpolation") ?? "nearest";
        if (interpolation is not ("nearest" or "bilinear"))
        {
            throw layer.Refuse($"its interpolation \"{interpolation}\" is not converted; nearest and bilinear are");
        }

        var target = size[1] >= 0 && size[2] >= 0
            ? ops.Integers(size[1] * factors[0], size[2] * factors[1])
            : ops.Int32Op("Mul", ops.Slice(ops.Shape(input), [1], [3], isShape: true), ops.Integers(factors));
        return interpolation == "nearest"
            ? ops.Op("ResizeNearestNeighbor", [input, target])
            : ops.Op(
                "ResizeBilinear",
                [input, target],
                layer.Version.HasPixelCenters ? [TfAttribute.Flag("half_pixel_centers", flag: true)] : []);
    }
}
