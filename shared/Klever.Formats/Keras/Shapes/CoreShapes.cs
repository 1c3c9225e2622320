using Klever.Formats.Shapes;

namespace Klever.Formats.Keras.Shapes;

/// <summary>Dense layers, layers that leave a size alone, and those that rearrange it.</summary>
internal static class CoreShapes
{
    private static readonly string[] SameSize =
    [
        "Activation", "ActivityRegularization", "Addons>GroupNormalization", "Addons>InstanceNormalization", "AlphaDropout", "BatchNormalization", "BatchNormalizationV1",
        "BatchNormalizationV2", "Dropout", "ELU", "FixedDropout",
        "GaussianDropout",
        "GaussianNoise", "GroupNormalization", "Highway", "Identity", "InputLayer", "InstanceNormalization",
        "LayerNormalization",
        "LayerScale", "LeakyReLU", "Masking", "Normalization", "PReLU", "ParametricSoftplus", "RMSNormalization", "ReLU", "Rescaling",
        "SReLU",
        "Softmax", "SpatialDropout1D", "SpatialDropout2D", "SpatialDropout3D", "StochasticDepth", "SyncBatchNormalization",
        "ThresholdedReLU",
        "UnitNormalization",
    ];

    public static IEnumerable<KeyValuePair<string, KerasShapeRule>> Rules { get; } =
    [
        .. SameSize.Select(
            name => KeyValuePair.Create<string, KerasShapeRule>(name, call => Dimensions.One(call.Input))),
        new("Dense", call => Dimensions.One(
            Dimensions.WithLast(call.Input, call.Config.Integer("units", "output_dim")) ?? Units(call))),
        new("DenseFeatures", _ => Dimensions.Nothing),
        new("EinsumDense", Einsum),
        new("MaxoutDense", call => Dimensions.One(Units(call))),
        new("TimeDistributedDense", call => Dimensions.One(
            Dimensions.WithLast(call.Input, call.Config.Integer("output_dim")))),
        new("Embedding", Embedding),
        new("Flatten", Flatten),
        new("Reshape", Reshape),
        new("Permute", Permute),
        new("RepeatVector", call => Dimensions.One(
            call.Input is { Count: 2 } input
                ? [input[0], call.Config.Integer("n") ?? Window.Unknown, input[1]]
                : null)),
        new("Lambda", Lambda),
        new("SpectralNormalization", Wrapped),
        new("WeightNormalization", Wrapped),
        new("TimeDistributed", TimeDistributed),
    ];

    private static IReadOnlyList<long>? Units(KerasCall call) =>
        call.Input is { } input && input.Count != 2
            ? null
            : [call.Input?[0] ?? Window.Unknown, call.Config.Integer("units", "output_dim") ?? Window.Unknown];

    private static IReadOnlyList<IReadOnlyList<long>?> Embedding(KerasCall call) => Dimensions.One(
        call.Input is { } input ? [.. input, call.Config.Integer("output_dim") ?? Window.Unknown] : null);

    private static IReadOnlyList<IReadOnlyList<long>?> Flatten(KerasCall call)
    {
        var input = call.Input;
        if (input is null or [])
        {
            return Dimensions.One([Window.Unknown, Window.Unknown]);
        }

        return Dimensions.One([input[0], Window.Product(input.Skip(1))]);
    }

    // One entry of the target may be -1 and takes what the others leave.
    private static IReadOnlyList<IReadOnlyList<long>?> Reshape(KerasCall call)
    {
        if (KerasConfig.Size(call.Config.Find("target_shape", "dims")) is not { } target)
        {
            return Dimensions.Nothing;
        }

        var size = target.ToArray();
        var free = Array.IndexOf(size, Window.Unknown);
        if (free >= 0 && call.Input is { Count: > 0 } input)
        {
            var whole = Window.Product(input.Skip(1));
            var given = Window.Product(size.Where((_, i) => i != free));
            size[free] = whole >= 0 && given > 0 && whole % given == 0 ? whole / given : Window.Unknown;
        }

        return Dimensions.One([call.Input is { Count: > 0 } batch ? batch[0] : Window.Unknown, .. size]);
    }

    private static IReadOnlyList<IReadOnlyList<long>?> Permute(KerasCall call)
    {
        if (call.Input is not { } input || call.Config.Find("dims") is not { } list)
        {
            return Dimensions.Nothing;
        }

        var dims = KerasConfig.Items(list).Select(KerasConfig.Integer).ToList();
        return dims.Count == input.Count - 1 && dims.All(dim => dim > 0 && dim < input.Count)
            ? Dimensions.One([input[0], .. dims.Select(dim => input[(int)dim!.Value])])
            : Dimensions.Nothing;
    }

    // The code of a Lambda is never looked at. What it is mostly used for (scaling an image) keeps the size.
    private static IReadOnlyList<IReadOnlyList<long>?> Lambda(KerasCall call)
    {
        if (call.Config.Find("output_shape") is { } shape)
        {
            return KerasConfig.Size(shape) is { } size && call.Config.Text("output_shape_type") != "lambda"
                ? Dimensions.One([call.Input is { Count: > 0 } input ? input[0] : Window.Unknown, .. size])
                : Dimensions.Nothing;
        }

        return call.Inputs.Count == 1 ? Dimensions.One(call.Input) : Dimensions.Nothing;
    }

    private static IReadOnlyList<IReadOnlyList<long>?> Wrapped(KerasCall call) =>
        call.Inference.Parser.ParseInner(call.Config, "layer") is { } inner
            ? [.. call.CallInner(inner, call.Inputs).Select(value => value.Size)]
            : Dimensions.Nothing;

    private static IReadOnlyList<IReadOnlyList<long>?> TimeDistributed(KerasCall call)
    {
        if (call.Input is not { Count: >= 2 } input || call.Inference.Parser.ParseInner(
            call.Config, "layer") is not { } inner)
        {
            return Dimensions.Nothing;
        }

        var step = call.Inputs[0] with { Size = [input[0], .. input.Skip(2)] };
        return [.. call.CallInner(inner, [step]).Select(value => value.Size is { Count: >= 1 } size
            ? (IReadOnlyList<long>)[size[0], input[1], .. size.Skip(1)]
            : null)];
    }

    // "ab,bc->ac": each dimension of the output is the one of the input with its letter, else that of output_shape.
    private static IReadOnlyList<IReadOnlyList<long>?> Einsum(KerasCall call)
    {
        var sides = (call.Config.Text("equation") ?? "").Replace(" ", "").Split("->");
        if (sides.Length != 2 || call.Input is not { } input || call.Config.Find("output_shape") is not { } given)
        {
            return Dimensions.Nothing;
        }

        var shape = KerasConfig.Integer(given) is { } single ? [single] : KerasConfig.Size(given) ?? [];
        var labels = sides[0].Split(',')[0];
        var kept = input.Count - (labels.Length - "...".Length);
        if (labels.Contains("...", StringComparison.Ordinal) && kept is < 0 or > 64)
        {
            return Dimensions.Nothing;
        }

        if (labels.StartsWith("...", StringComparison.Ordinal))
        {
            return Dimensions.One([.. input.Take(kept), .. shape]);
        }

        if (labels.EndsWith("...", StringComparison.Ordinal))
        {
            return Dimensions.One([input[0], .. shape, .. input.TakeLast(kept)]);
        }

        var full = new List<long>([Window.Unknown, .. shape]);
        for (var i = 0; i < full.Count && i < sides[1].Length; i++)
        {
            var from = labels.IndexOf(sides[1][i]);
            full[i] = full[i] == Window.Unknown && from >= 0 && from < input.Count ? input[from] : full[i];
        }

        return Dimensions.One(full);
    }
}
