using Klever.Formats.Shapes;

namespace Klever.Formats.Keras.Shapes;

/// <summary>Pooling over windows, over everything, and to a given size.</summary>
internal static class PoolingShapes
{
    public static IEnumerable<KeyValuePair<string, KerasShapeRule>> Rules { get; } =
        Enumerable.Range(1, 3).SelectMany(rank => (KeyValuePair<string, KerasShapeRule>[])
        [
            new($"MaxPooling{rank}D", Windows(rank)), new($"MaxPool{rank}D", Windows(rank)),
            new($"AveragePooling{rank}D", Windows(rank)), new($"AvgPool{rank}D", Windows(rank)),
            new($"GlobalMaxPooling{rank}D", Global(rank)), new($"GlobalMaxPool{rank}D", Global(rank)),
            new($"GlobalAveragePooling{rank}D", Global(rank)), new($"GlobalAvgPool{rank}D", Global(rank)),
            new($"AdaptiveAveragePooling{rank}D", Adaptive(rank)), new($"AdaptiveMaxPooling{rank}D", Adaptive(rank)),
        ]).ToList();

    private static KerasShapeRule Windows(int rank) => call =>
    {
        var isFirst = call.IsChannelsFirst;
        var pool = call.Config.Integers("pool_size", "pool_length", rank) ?? [.. Enumerable.Repeat(2L, rank)];
        if (Dimensions.Parts(call.Input, rank, isFirst) is not { } image)
        {
            return Dimensions.Nothing;
        }

        var strides = call.Config.Integers("strides", "stride", rank) ?? pool;
        var padding = ConvolutionShapes.Padding(call);
        var spatial = image.Spatial.Select(
            (size, i) => ConvolutionShapes.Slide(size, pool[i], strides[i], dilation: 1, padding));
        return Dimensions.One(Dimensions.Image(image.Batch, spatial, image.Channels, isFirst));
    };

    private static KerasShapeRule Global(int rank) => call =>
    {
        if (Dimensions.Parts(call.Input, rank, call.IsChannelsFirst) is not { } image)
        {
            return Dimensions.Nothing;
        }

        return Dimensions.One(call.Config.Flag("keepdims")
            ? Dimensions.Image(image.Batch, Enumerable.Repeat(1L, rank), image.Channels, call.IsChannelsFirst)
            : [image.Batch, image.Channels]);
    };

    private static KerasShapeRule Adaptive(int rank) => call =>
        Dimensions.Parts(call.Input, rank, call.IsChannelsFirst) is { } image
            && call.Config.Integers("output_size", rank) is { } size
            ? Dimensions.One(Dimensions.Image(image.Batch, size, image.Channels, call.IsChannelsFirst))
            : Dimensions.Nothing;
}
