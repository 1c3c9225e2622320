using Klever.Formats.Shapes;

namespace Klever.Formats.Keras.Shapes;

/// <summary>Layers that prepare images, text and categories.</summary>
internal static class PreprocessingShapes
{
    private static readonly string[] SameSize =
    [
        "RandomBrightness", "RandomContrast", "RandomFlip", "RandomRotation", "RandomTranslation", "RandomZoom",
        "RandomColorJitter",
        "RandomHue", "RandomSaturation", "RandomSharpness", "RandomShear", "RandomGrayscale", "RandomInvert",
        "Solarization",
        "AutoContrast", "Equalization", "AugMix", "CutMix", "MixUp", "RandAugment", "RandomColorDegeneration", "RandomElasticTransform",
        "RandomErasing", "RandomGaussianBlur", "RandomPerspective", "RandomPosterization",
    ];

    public static IEnumerable<KeyValuePair<string, KerasShapeRule>> Rules { get; } =
    [
        .. SameSize.Select(
            name => KeyValuePair.Create<string, KerasShapeRule>(name, call => Dimensions.One(call.Input))),
        new("Resizing", Image), new("CenterCrop", Image), new("RandomCrop", Image),
        new("RandomHeight", call => Dimensions.One(WithUnknown(call.Input, fromEnd: 3))),
        new("RandomWidth", call => Dimensions.One(WithUnknown(call.Input, fromEnd: 2))),
        new("StringLookup", Lookup), new("IntegerLookup", Lookup), new("Hashing", Lookup),
        new("Discretization", Lookup),
        new("HashedCrossing", Lookup),
        new("CategoryEncoding", call => Encoded(call, call.Config.Integer("num_tokens"))),
        new("TextVectorization", Text),
    ];

    private static IReadOnlyList<IReadOnlyList<long>?> Image(KerasCall call)
    {
        var (height, width) = (
            call.Config.Integer("height") ?? Window.Unknown, call.Config.Integer("width") ?? Window.Unknown);
        return call.Input switch
        {
            { Count: 4 } batch => Dimensions.One(
                call.IsChannelsFirst ? [batch[0], batch[1], height, width] : [batch[0], height, width, batch[3]]),
            { Count: 3 } image => Dimensions.One(
                call.IsChannelsFirst ? [image[0], height, width] : [height, width, image[2]]),
            _ => Dimensions.Nothing,
        };
    }

    private static IReadOnlyList<long>? WithUnknown(IReadOnlyList<long>? size, int fromEnd) =>
        size?.Select((dimension, i) => i == size.Count - fromEnd ? Window.Unknown : dimension).ToList();

    private static IReadOnlyList<IReadOnlyList<long>?> Lookup(KerasCall call)
    {
        var isSized = call.Config.Flag("pad_to_max_tokens");
        return call.Config.Text("output_mode") is null or "int"
            ? Dimensions.One(call.Input)
            : Encoded(call, isSized ? call.Config.Integer("max_tokens") : call.Config.Integer("num_bins"));
    }

    private static IReadOnlyList<IReadOnlyList<long>?> Encoded(KerasCall call, long? tokens)
    {
        var isOneHot = call.Config.Text("output_mode") == "one_hot";
        var kept = call.Input is { Count: > 0 } input
            ? (isOneHot && input[^1] != 1 ? input : input.Take(Math.Max(1, input.Count - 1)))
            : null;
        return Dimensions.One(kept is null ? null : [.. kept, tokens ?? Window.Unknown]);
    }

    private static IReadOnlyList<IReadOnlyList<long>?> Text(KerasCall call)
    {
        var batch = call.Input is { Count: > 0 } input ? input[0] : Window.Unknown;
        var isSequence = call.Config.Text("output_mode") is null or "int";
        var tokens = isSequence
            ? call.Config.Integer("output_sequence_length")
            : call.Config.Flag("pad_to_max_tokens") ? call.Config.Integer("max_tokens") : null;
        return Dimensions.One([batch, tokens ?? Window.Unknown]);
    }
}
