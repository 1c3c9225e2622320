using System.Text.Json;
using Klever.Conversion.H5ToSavedModel.TensorFlow;
using Klever.Formats.Keras;

namespace Klever.Conversion.H5ToSavedModel.Layers;

/// <summary>Dense layers, layers that do nothing when a model is used, and those that rearrange.</summary>
internal static class CoreLayers
{
    private static readonly string[] Idle =
    [
        "ActivityRegularization", "AlphaDropout", "AugMix", "CutMix", "Dropout", "FixedDropout", "GaussianDropout", "GaussianNoise", "Identity",
        "MixUp", "RandAugment", "RandomBrightness", "RandomColorDegeneration", "RandomColorJitter", "RandomContrast", "RandomElasticTransform",
        "RandomErasing", "RandomFlip", "RandomGaussianBlur", "RandomGrayscale", "RandomHeight", "RandomHue", "RandomInvert", "RandomPerspective",
        "RandomPosterization", "RandomRotation", "RandomSaturation", "RandomSharpness", "RandomShear", "RandomTranslation", "RandomWidth",
        "RandomZoom", "SpatialDropout1D", "SpatialDropout2D", "SpatialDropout3D", "StochasticDepth",
    ];

    public static IEnumerable<KeyValuePair<string, KerasEmitter>> Rules { get; } =
    [
        .. Idle.Select(name => KerasEmitters.Line(name, layer => layer.Input)),
        KerasEmitters.Line("Dense", Dense),
        KerasEmitters.Line("Flatten", Flatten),
        KerasEmitters.Line("Reshape", Reshape),
        KerasEmitters.Line("Permute", Permute),
        KerasEmitters.Line("RepeatVector", RepeatVector),
        KerasEmitters.Line("Rescaling", Rescaling),
    ];

    private static string Dense(KerasEmission layer)
    {
        var units = layer.Required("units");
        var kernel = layer.Weights.Tensor(0, "kernel", [layer.Channels, units]);
        var bias = layer.HasBias ? layer.Weights.Tensor(1, "bias", [units]) : null;
        var product = Multiply(layer.Ops, layer.Input, layer.Size, kernel, bias, units);
        return Activations.Apply(layer, layer.Ops, product, layer.OutputSizes[0]);
    }

    /// <summary>Multiplies the last axis of a tensor of any rank with a matrix.</summary>
    public static string Multiply(
        TfOps ops, string input, IReadOnlyList<long> size, string kernel, string? bias, long units)
    {
        if (size.Count == 2)
        {
            return ops.BiasAdd(ops.MatMul(input, kernel), bias);
        }

        var product = ops.BiasAdd(ops.MatMul(ops.Reshape(input, -1, size[^1]), kernel), bias);
        return ops.ReshapeLike(
            product, input, [.. size.Take(size.Count - 1).Select((length, axis) => (length, axis)), (units, -1)]);
    }

    private static string Flatten(KerasEmission layer)
    {
        var count = layer.OutputSizes[0]?[^1] ?? -1;
        return count >= 0
            ? layer.Ops.Reshape(layer.Input, -1, count)
            : layer.Ops.ReshapeKeepingBatch(layer.Input, layer.Size[0], [-1]);
    }

    private static string Reshape(KerasEmission layer)
    {
        var output = layer.OutputSizes[0] ?? throw layer.Refuse("it has no target_shape");
        var unknown = output.Skip(1).Count(size => size < 0);
        return unknown switch
        {
            0 => layer.Ops.Reshape(layer.Input, [-1, .. output.Skip(1)]),
            1 => layer.Ops.ReshapeKeepingBatch(layer.Input, output[0], [.. output.Skip(1)]),
            _ => throw layer.Refuse("its target_shape leaves more than one dimension open"),
        };
    }

    private static string Permute(KerasEmission layer)
    {
        var order = layer.Config.Find("dims") is { } dims
            ? KerasConfig.Items(dims).Select(KerasConfig.Integer).ToList()
            : [];
        return order.Order().SequenceEqual(Enumerable.Range(1, layer.Rank - 1).Select(axis => (long?)axis))
            ? layer.Ops.Transpose(layer.Input, [0, .. order.Select(axis => axis!.Value)])
            : throw layer.Refuse("its dims do not fit its input");
    }

    private static string RepeatVector(KerasEmission layer)
    {
        if (layer.Rank != 2)
        {
            throw layer.Refuse($"its input has {layer.Rank} dimensions, not 2");
        }

        var multiples = layer.Ops.Integers(1, layer.Required("n"), 1);
        return layer.Ops.Op(
            "Tile", [layer.Ops.ExpandDims(layer.Input, axis: 1), multiples], TfAttribute.Type(
                "Tmultiples", TfType.Int32));
    }

    private static string Rescaling(KerasEmission layer)
    {
        var ops = layer.Ops;
        var scaled = ops.Mul(layer.Input, Factor(layer, "scale"));
        return layer.Config.Find("offset") is null || layer.Config.Number("offset") == 0
            ? scaled
            : ops.Add(scaled, Factor(layer, "offset"));
    }

    // One number, or one for each channel.
    private static string Factor(KerasEmission layer, string key)
    {
        if (layer.Config.Number(key) is { } number)
        {
            return layer.Ops.Number((float)number);
        }

        var items = layer.Config.Find(key) is { } list ? KerasConfig.Items(list).ToList() : [];
        return items.Count == layer.Channels && items.TrueForAll(item => item.ValueKind == JsonValueKind.Number)
            ? layer.Ops.Tensor(key, TfTensor.Of([items.Count], [.. items.Select(item => item.GetSingle())]))
            : throw layer.Refuse($"its {key} is neither a number nor one for each channel");
    }
}
