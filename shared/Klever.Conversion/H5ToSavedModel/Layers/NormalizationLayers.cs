using System.Text.Json;
using Klever.Conversion.H5ToSavedModel.TensorFlow;
using Klever.Formats.Keras;

namespace Klever.Conversion.H5ToSavedModel.Layers;

/// <summary>Normalisation with statistics that were learned, or of the input itself.</summary>
internal static class NormalizationLayers
{
    public static IEnumerable<KeyValuePair<string, KerasEmitter>> Rules { get; } =
    [
        .. new[] { "BatchNormalization", "BatchNormalizationV1", "BatchNormalizationV2", "SyncBatchNormalization" }
            .Select(name => KerasEmitters.Line(name, BatchNormalization)),
        KerasEmitters.Line("LayerNormalization", LayerNormalization),
        KerasEmitters.Line("GroupNormalization", GroupNormalization),
        KerasEmitters.Line("Addons>GroupNormalization", GroupNormalization),
        KerasEmitters.Line("Addons>InstanceNormalization", GroupNormalization),
        KerasEmitters.Line("InstanceNormalization", InstanceNormalization),
        KerasEmitters.Line("RMSNormalization", RootMeanSquare),
        KerasEmitters.Line("UnitNormalization", Unit),
        KerasEmitters.Line("Normalization", Normalization),
    ];

    private static string BatchNormalization(KerasEmission layer)
    {
        if (layer.AxisList("axis", -1) is not [var axis])
        {
            throw layer.Refuse("it normalises several axes; one is converted");
        }

        if (layer.Config.Flag("renorm"))
        {
            throw layer.Refuse("it renormalises (renorm=True), which is not converted");
        }

        var statistics = new BatchStatistics(layer, layer.Known(axis));
        var epsilon = layer.Real("epsilon", 1e-3);
        if (layer.Rank == 4 && axis == 3)
        {
            return layer.Ops.Op(
                "FusedBatchNormV3",
                [layer.Input, .. statistics.Tensors()],
                TfAttribute.Type("U", TfType.Float),
                TfAttribute.Real("epsilon", epsilon),
                TfAttribute.Flag("is_training", flag: false));
        }

        var (scale, offset) = statistics.Folded(epsilon, Along(layer, [axis]));
        return layer.Ops.Add(layer.Ops.Mul(layer.Input, scale), offset);
    }

    private static string LayerNormalization(KerasEmission layer)
    {
        if (layer.Config.Flag("rms_scaling"))
        {
            throw layer.Refuse("it scales only (rms_scaling=True), which is not converted; use RMSNormalization");
        }

        var axes = layer.AxisList("axis", -1);
        var normal = Standardized(layer.Ops, layer.Input, [.. axes.Select(axis => (long)axis)], layer.Real("epsilon", 1e-3));
        return Affine(layer, normal, [.. axes.Select(layer.Known)], Along(layer, axes));
    }

    // Channels in groups, each normalised over the whole image.
    private static string GroupNormalization(KerasEmission layer)
    {
        var axis = layer.Axis("axis", -1);
        if (axis != layer.Rank - 1 || axis == 0)
        {
            throw layer.Refuse("it normalises another axis than the last, which is not converted");
        }

        var groups = layer.Config.Integer("groups") is -1 || layer.Layer.ClassName == "Addons>InstanceNormalization"
            ? layer.Channels
            : layer.Optional("groups", layer.Layer.ClassName == "GroupNormalization" ? 32 : 2);
        if (layer.Channels % groups != 0)
        {
            throw layer.Refuse($"its {layer.Channels} channels are no multiple of {groups} groups");
        }

        var image = layer.Size.SkipLast(1).Select((size, i) => (size, i)).ToList();
        var split = layer.Ops.ReshapeLike(layer.Input, layer.Input, [.. image, (groups, -1), (layer.Channels / groups, -1)]);
        long[] axes = [.. Enumerable.Range(1, layer.Rank).Where(i => i != layer.Rank - 1).Select(i => (long)i)];
        var normal = Standardized(layer.Ops, split, axes, layer.Real("epsilon", 1e-3));
        var joined = layer.Ops.ReshapeLike(normal, layer.Input, [.. image, (layer.Channels, -1)]);
        return Affine(layer, joined, [layer.Channels], [layer.Channels]);
    }

    // Of keras_contrib: epsilon is added to the deviation and not to its square.
    private static string InstanceNormalization(KerasEmission layer)
    {
        int[] channels = layer.Config.Find("axis") is null ? [] : [layer.Axis("axis", -1)];
        long[] axes = [.. Enumerable.Range(1, layer.Rank - 1).Except(channels).Select(axis => (long)axis)];
        var ops = layer.Ops;
        var mean = ops.Reduce("Mean", layer.Input, axes, keepsDimensions: true);
        var variance = ops.Reduce("Mean", ops.Op("SquaredDifference", [layer.Input, mean]), axes, keepsDimensions: true);
        var deviation = ops.Add(ops.Op("Sqrt", [variance]), ops.Number(layer.Real("epsilon", 1e-3)));
        var normal = ops.Op("RealDiv", [ops.Sub(layer.Input, mean), deviation]);
        return channels.Length == 0
            ? Affine(layer, normal, [1], [1])
            : Affine(layer, normal, [layer.Known(channels[0])], Along(layer, channels));
    }

    private static string RootMeanSquare(KerasEmission layer)
    {
        var (ops, axes) = (layer.Ops, layer.AxisList("axis", -1));
        var squares = ops.Reduce("Mean", ops.Op("Square", [layer.Input]), [.. axes.Select(axis => (long)axis)], keepsDimensions: true);
        var factor = ops.Op("Rsqrt", [ops.Add(squares, ops.Number(layer.Real("epsilon", 1e-6)))]);
        var scale = layer.Weights.Tensor(0, "scale", [.. axes.Select(layer.Known)], Along(layer, axes));
        return ops.Mul(ops.Mul(layer.Input, factor), scale);
    }

    private static string Unit(KerasEmission layer)
    {
        const float Smallest = 1e-12f;
        var (ops, axes) = (layer.Ops, layer.AxisList("axis", -1));
        var squares = ops.Reduce("Sum", ops.Op("Square", [layer.Input]), [.. axes.Select(axis => (long)axis)], keepsDimensions: true);
        return ops.Mul(layer.Input, ops.Op("Rsqrt", [ops.Op("Maximum", [squares, ops.Number(Smallest)])]));
    }

    // (x - mean) / max(sqrt(variance), 1e-7), or the other way round.
    private static string Normalization(KerasEmission layer)
    {
        var axes = layer.Config.Has("axis") && layer.Config.Find("axis") is null ? [] : layer.AxisList("axis", -1);
        long[] sizes = [.. axes.Select(layer.Known)];
        var shape = axes.Length == 0 ? [] : Along(layer, axes);
        var isGiven = layer.Config.Find("mean") is not null;
        var mean = isGiven ? Setting(layer, "mean", shape) : layer.Weights.Tensor(0, "mean", sizes, shape);
        var variance = isGiven ? Setting(layer, "variance", shape) : layer.Weights.Tensor(1, "variance", sizes, shape);
        const float MinimumDeviation = 1e-7f;
        var ops = layer.Ops;
        var deviation = ops.Op("Maximum", [ops.Op("Sqrt", [variance]), ops.Number(MinimumDeviation)]);
        return layer.Config.Flag("invert")
            ? ops.Add(mean, ops.Mul(layer.Input, deviation))
            : ops.Op("RealDiv", [ops.Sub(layer.Input, mean), deviation]);
    }

    private static string Setting(KerasEmission layer, string key, long[] shape)
    {
        var numbers = layer.Config.Find(key) is { } setting ? Numbers(setting).ToList() : [];
        return numbers.Count == shape.Aggregate(1L, (product, size) => product * size)
            ? layer.Ops.Tensor(key, TfTensor.Of(shape, [.. numbers]))
            : throw layer.Refuse($"its {key} has {numbers.Count} numbers, and its axes [{string.Join(", ", shape)}]");
    }

    private static IEnumerable<float> Numbers(JsonElement element) =>
        element.ValueKind == JsonValueKind.Number ? [element.GetSingle()] : KerasConfig.Items(element).SelectMany(Numbers);

    private static string Standardized(TfOps ops, string value, long[] axes, float epsilon)
    {
        var mean = ops.Reduce("Mean", value, axes, keepsDimensions: true);
        var variance = ops.Reduce("Mean", ops.Op("SquaredDifference", [value, mean]), axes, keepsDimensions: true);
        return ops.Mul(ops.Sub(value, mean), ops.Op("Rsqrt", [ops.Add(variance, ops.Number(epsilon))]));
    }

    private static string Affine(KerasEmission layer, string value, long[] sizes, long[] shape)
    {
        var next = 0;
        value = layer.Config.Flag("scale", otherwise: true)
            ? layer.Ops.Mul(value, layer.Weights.Tensor(next++, "gamma", sizes, shape))
            : value;
        return layer.Config.Flag("center", otherwise: true)
            ? layer.Ops.Add(value, layer.Weights.Tensor(next, "beta", sizes, shape))
            : value;
    }

    // The dimensions of a weight that stretches over all axes but these.
    private static long[] Along(KerasEmission layer, int[] axes) =>
        [.. Enumerable.Range(axes[0], layer.Rank - axes[0]).Select(axis => axes.Contains(axis) ? layer.Known(axis) : 1)];
}
