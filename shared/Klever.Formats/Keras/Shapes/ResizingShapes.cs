using System.Text.Json;

namespace Klever.Formats.Keras.Shapes;

/// <summary>Up-sampling, padding and cropping.</summary>
internal static class ResizingShapes
{
    public static IEnumerable<KeyValuePair<string, KerasShapeRule>> Rules { get; } =
        Enumerable.Range(1, 3).SelectMany(rank => (KeyValuePair<string, KerasShapeRule>[])
        [
            new($"UpSampling{rank}D", UpSampling(rank)),
            new($"ZeroPadding{rank}D", Bordered(rank, "padding", sign: 1)),
            new($"Cropping{rank}D", Bordered(rank, "cropping", sign: -1)),
        ]).ToList();

    private static KerasShapeRule UpSampling(int rank) => call =>
    {
        var factors = call.Config.Integers("size", "length", rank);
        return Dimensions.Parts(call.Input, rank, call.IsChannelsFirst) is { } image && factors is not null
            ? Dimensions.One(Dimensions.Image(
                image.Batch, image.Spatial.Select((size, i) => Dimensions.Times(size, factors[i])), image.Channels,
                call.IsChannelsFirst))
            : Dimensions.Nothing;
    };

    private static KerasShapeRule Bordered(int rank, string key, int sign) => call =>
    {
        var borders = Borders(call.Config.Find(key), rank);
        return Dimensions.Parts(call.Input, rank, call.IsChannelsFirst) is { } image && borders is not null
            ? Dimensions.One(Dimensions.Image(
                image.Batch,
                image.Spatial.Select((size, i) => Dimensions.Plus(size, sign * (borders[i].Before + borders[i].After))),
                image.Channels,
                call.IsChannelsFirst))
            : Dimensions.Nothing;
    };

    /// <summary>One number for all sides, one for each axis, or a pair for each axis; in one dimension a list is the
    /// pair.</summary>
    internal static (long Before, long After)[]? Borders(JsonElement? setting, int rank)
    {
        if (setting is not { } element)
        {
            return null;
        }

        if (KerasConfig.Integer(element) is { } single)
        {
            return [.. Enumerable.Repeat((single, single), rank)];
        }

        var items = KerasConfig.Items(element).ToList();
        var pairs = rank == 1 && items.Count == 2 && !items.Exists(KerasConfig.IsList)
            ? [Pair(items)]
            : items.Select(Border).ToList();
        return pairs.Count == rank && !pairs.Contains(null) ? [.. pairs.Select(pair => pair!.Value)] : null;
    }

    private static (long Before, long After)? Border(JsonElement item) =>
        KerasConfig.Integer(item) is { } both ? (both, both) : Pair([.. KerasConfig.Items(item)]);

    private static (long Before, long After)? Pair(List<JsonElement> items) =>
        items.Count == 2 && KerasConfig.Integer(items[0]) is { } before && KerasConfig.Integer(items[1]) is { } after
            ? (before, after)
            : null;
}
