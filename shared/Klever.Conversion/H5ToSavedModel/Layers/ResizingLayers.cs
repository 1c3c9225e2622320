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
        KerasEmitters.Line("UpSampling1D", layer => Repeat(layer, rank: 1)),
        KerasEmitters.Line("UpSampling2D", UpSampleImage),
        KerasEmitters.Line("UpSampling3D", layer => Repeat(layer, rank: 3)),
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
            && borders.All(border => border.Before is >= 0 and <= int.MaxValue && border.After is >= 0 and <= int.MaxValue)
            ? borders
            : throw layer.Refuse($"its setting {key} does not fit an input of {layer.Rank} dimensions");

    // Along each axis: one more dimension behind it, as often as it is repeated, and both made one.
    private static string Repeat(KerasEmission layer, int rank)
    {
        if (layer.Rank != rank + 2)
        {
            throw layer.Refuse($"its input has {layer.Rank} dimensions, not {rank + 2}");
        }

        var ops = layer.Ops;
        var factors = layer.Lengths("size", rank, otherwise: 2);
        var spaced = Enumerable.Range(0, rank).Aggregate(layer.Input, (value, i) => ops.ExpandDims(value, (2 * i) + 2));
        long[] times = [1, .. factors.SelectMany(factor => new[] { 1, factor }), 1];
        var tiled = ops.Op("Tile", [spaced, ops.Integers(times)], TfAttribute.Type("Tmultiples", TfType.Int32));
        var output = layer.OutputSizes[0] ?? throw layer.Refuse("the size of its output is not known");
        if (output.Count(size => size < 0) <= 1)
        {
            return ops.Reshape(tiled, output);
        }

        var shape = ops.Shape(layer.Input);
        long[] scale = [1, .. factors, 1];
        return ops.Op(
            "Reshape", [tiled, ops.Int32Op("Mul", shape, ops.Integers(scale))], TfAttribute.Type("Tshape", TfType.Int32));
    }

    private static string UpSampleImage(KerasEmission layer)
    {
        var (ops, size) = (layer.Ops, layer.Size);
        var factors = layer.Lengths("size", 2, otherwise: 2);
        if (layer.Rank != 4)
        {
            throw layer.Refuse($"its input has {layer.Rank} dimensions, not 4");
        }

        var target = size[1] >= 0 && size[2] >= 0
            ? ops.Integers(size[1] * factors[0], size[2] * factors[1])
            : ops.Int32Op("Mul", ops.Slice(ops.Shape(layer.Input), [1], [3], isShape: true), ops.Integers(factors));
        var interpolation = layer.Config.Text("interpolation") ?? "nearest";
        return interpolation == "nearest"
            ? ops.Op("ResizeNearestNeighbor", [layer.Input, target])
            : Resize(layer, ops, layer.Input, interpolation, target, layer.Version.HasPixelCenters);
    }

    /// <summary>Stretches a batch of images.</summary>
    public static string Resize(
        KerasEmission layer, TfOps ops, string images, string interpolation, string target, bool hasPixelCenters)
    {
        var op = interpolation switch
        {
            "nearest" => "ResizeNearestNeighbor",
            "bilinear" => "ResizeBilinear",
            "bicubic" => "ResizeBicubic",
            _ => throw layer.Refuse($"its interpolation \"{interpolation}\" is not converted; nearest, bilinear and bicubic are"),
        };
        TfAttribute[] centers = hasPixelCenters ? [TfAttribute.Flag("half_pixel_centers", flag: true)] : [];
        return ops.Op(op, [images, target], centers);
    }
}
