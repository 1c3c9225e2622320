namespace Klever.Conversion.H5ToSavedModel.Layers;

/// <summary>Layers that bring images to a given size: by stretching, by cropping, or by both.</summary>
internal static class ImageSizeLayers
{
    public static IEnumerable<KeyValuePair<string, KerasEmitter>> Rules { get; } =
    [
        KerasEmitters.Line("Resizing", Resizing),
        KerasEmitters.Line("CenterCrop", CenterCrop),
        KerasEmitters.Line("RandomCrop", RandomCrop),
    ];

    private static string Resizing(KerasEmission layer)
    {
        if (layer.Rank != 4 || layer.Config.Flag("pad_to_aspect_ratio") || layer.Config.Flag("antialias"))
        {
            throw layer.Refuse("it is converted for a batch of images that are stretched, without antialias");
        }

        return layer.Config.Flag("crop_to_aspect_ratio") ? CroppedAndStretched(layer) : Stretched(layer, layer.Input);
    }

    // The middle of the image; one that is too small for it is stretched first.
    private static string CenterCrop(KerasEmission layer)
    {
        var (height, width) = Target(layer);
        return layer.Known(1) >= height && layer.Known(2) >= width ? Middle(layer, height, width) : CroppedAndStretched(layer);
    }

    // When a model is used, nothing is random: the image is brought to its size.
    private static string RandomCrop(KerasEmission layer)
    {
        var (height, width) = Target(layer);
        return layer.Known(1) == height && layer.Known(2) == width ? layer.Input : CroppedAndStretched(layer);
    }

    private static (long Height, long Width) Target(KerasEmission layer) => layer.Rank == 4
        ? (layer.Required("height"), layer.Required("width"))
        : throw layer.Refuse($"its input has {layer.Rank} dimensions, not 4");

    // The largest middle part with the proportions of the target, stretched to it.
    private static string CroppedAndStretched(KerasEmission layer)
    {
        var (height, width) = Target(layer);
        var croppedHeight = Math.Max(1, Math.Min(layer.Known(1), layer.Known(2) * height / width));
        var croppedWidth = Math.Max(1, Math.Min(layer.Known(2), layer.Known(1) * width / height));
        return Stretched(layer, Middle(layer, croppedHeight, croppedWidth));
    }

    private static string Middle(KerasEmission layer, long height, long width)
    {
        var (top, left) = ((layer.Known(1) - height) / 2, (layer.Known(2) - width) / 2);
        return (top, left, layer.Known(1), layer.Known(2)) == (0, 0, height, width)
            ? layer.Input
            : layer.Ops.Slice(layer.Input, [0, top, left, 0], [0, top + height, left + width, 0]);
    }

    private static string Stretched(KerasEmission layer, string image)
    {
        var (height, width) = Target(layer);
        return ResizingLayers.Resize(
            layer, layer.Ops, image, layer.Config.Text("interpolation") ?? "bilinear", layer.Ops.Integers(height, width), hasPixelCenters: true);
    }
}
