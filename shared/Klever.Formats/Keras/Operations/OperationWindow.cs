namespace Klever.Formats.Keras.Operations;

/// <summary>The window of a function that pools images.</summary>
/// <param name="Size">Height and width; likewise of the steps.</param>
internal sealed record OperationWindow(IReadOnlyList<long> Size, IReadOnlyList<long> Strides, bool IsSame);

/// <summary>Reads windows.</summary>
internal static class OperationWindows
{
    /// <summary>Null when it is none of images with the channels behind them.</summary>
    public static OperationWindow? Window(this KerasOperation operation)
    {
        var size = Spatial(operation.Find(1, "ksize", "pool_size"));
        var strides = operation.Find(2, "strides") is { } given ? Spatial(given) : size;
        var padding = operation.Find(3, "padding")?.Text?.ToLowerInvariant() ?? "valid";
        return size is not null && strides is not null && size.Concat(strides).All(length => length is > 0 and <= int.MaxValue)
            && padding is "same" or "valid" && operation.Find(-1, "data_format")?.Text is null or "NHWC" or "channels_last"
            ? new OperationWindow(size, strides, padding == "same")
            : null;
    }

    // One number, two, or four with those of batch and channels.
    private static long[]? Spatial(KerasArgument? given) => given?.Integers switch
    {
        [var both] => [both, both],
        [var height, var width] => [height, width],
        [1, var height, var width, 1] => [height, width],
        _ => null,
    };
}
