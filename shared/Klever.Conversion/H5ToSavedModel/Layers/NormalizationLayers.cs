using Klever.Conversion.H5ToSavedModel.TensorFlow;
using Klever.Formats.Keras;

namespace Klever.Conversion.H5ToSavedModel.Layers;

/// <summary>Normalisation with learned statistics, or over the last axis.</summary>
internal static class NormalizationLayers
{
    public static IEnumerable<KeyValuePair<string, KerasEmitter>> Rules { get; } =
    [
        KerasEmitters.Line("BatchNormalization", BatchNormalization),
        KerasEmitters.Line("LayerNormalization", LayerNormalization),
        KerasEmitters.Line("Normalization", Normalization),
    ];

    private static string BatchNormalization(KerasEmission layer)
    {
        RequireLastAxis(layer, "axis");
        var channels = layer.Channels;
        var parts = Parts(layer, channels);
        var epsilon = (float)(layer.Config.Number("epsilon") ?? 1e-3);
        if (layer.Rank == 4)
        {
            return layer.Ops.Op(
                "FusedBatchNormV3",
                [layer.Input, parts.Gamma(), parts.Beta(), layer.Weights.Tensor(parts.First, "moving_mean", [channels]),
                    layer.Weights.Tensor(parts.First + 1, "moving_variance", [channels])],
                TfAttribute.Type("U", TfType.Float), TfAttribute.Real("epsilon", epsilon), TfAttribute.Flag(
                    "is_training", flag: false));
        }

        var (scale, offset) = Folded(layer, parts, channels, epsilon);
        return layer.Ops.Add(layer.Ops.Mul(layer.Input, scale), offset);
    }

    private static (int First, Func<string> Gamma, Func<string> Beta, int? GammaIndex, int? BetaIndex) Parts(
        KerasEmission layer, long channels)
    {
        int? gamma = layer.Config.Flag("scale", otherwise: true) ? 0 : null;
        int? beta = layer.Config.Flag("center", otherwise: true) ? (gamma is null ? 0 : 1) : null;
        var first = (gamma is null ? 0 : 1) + (beta is null ? 0 : 1);
        return (first, () => Given(gamma, "gamma", 1), () => Given(beta, "beta", 0), gamma, beta);

        string Given(int? index, string name, float otherwise) => index is { } given
            ? layer.Weights.Tensor(given, name, [channels])
            : layer.Weights.Derived(
                name, () => TfTensor.Of([channels], [.. Enumerable.Repeat(otherwise, (int)channels)]));
    }

    // Outside of images two numbers for each channel are enough; they are computed in double precision.
    private static (string Scale, string Offset) Folded(
        KerasEmission layer,
        (int First, Func<string> Gamma, Func<string> Beta, int? GammaIndex, int? BetaIndex) parts,
        long channels,
        float epsilon)
    {
        var weights = layer.Weights;
        var mean = weights.Values(parts.First, "moving_mean", [channels]);
        var variance = weights.Values(parts.First + 1, "moving_variance", [channels]);
        var gamma = parts.GammaIndex is { } g ? weights.Values(g, "gamma", [channels]) : null;
        var beta = parts.BetaIndex is { } b ? weights.Values(b, "beta", [channels]) : null;
        var scale = variance.Select((v, i) => (gamma?[i] ?? 1d) / Math.Sqrt((double)v + epsilon)).ToArray();
        var offset = mean.Select((m, i) => (float)((beta?[i] ?? 0d) - (m * scale[i]))).ToArray();
        return (weights.Derived("scale", () => TfTensor.Of([channels], [.. scale.Select(s => (float)s)])),
            weights.Derived("offset", () => TfTensor.Of([channels], offset)));
    }

    private static string LayerNormalization(KerasEmission layer)
    {
        RequireLastAxis(layer, "axis");
        var ops = layer.Ops;
        var epsilon = ops.Number((float)(layer.Config.Number("epsilon") ?? 1e-3));
        var mean = ops.Reduce("Mean", layer.Input, [layer.Rank - 1], keepsDimensions: true);
        var squares = ops.Op("SquaredDifference", [layer.Input, mean]);
        var variance = ops.Reduce("Mean", squares, [layer.Rank - 1], keepsDimensions: true);
        var result = ops.Mul(ops.Sub(layer.Input, mean), ops.Op("Rsqrt", [ops.Add(variance, epsilon)]));
        var next = 0;
        if (layer.Config.Flag("scale", otherwise: true))
        {
            result = ops.Mul(result, layer.Weights.Tensor(next++, "gamma", [layer.Channels]));
        }

        return layer.Config.Flag("center", otherwise: true)
            ? ops.Add(result, layer.Weights.Tensor(next, "beta", [layer.Channels]))
            : result;
    }

    // (x - mean) / max(sqrt(variance), 1e-7), with statistics of the last axis.
    private static string Normalization(KerasEmission layer)
    {
        RequireLastAxis(layer, "axis");
        if (layer.Config.Find("mean") is not null || layer.Config.Flag("invert"))
        {
            throw layer.Refuse(
                "only statistics that were adapted to data are converted, not inverted ones or those given as settings");
        }

        const double MinimumDeviation = 1e-7;
        var mean = layer.Weights.Values(0, "mean", [layer.Channels]);
        var variance = layer.Weights.Values(1, "variance", [layer.Channels]);
        var factors = variance.Select(v => (float)(1 / Math.Max(Math.Sqrt(v), MinimumDeviation))).ToArray();
        var means = layer.Weights.Derived("mean", () => TfTensor.Of([layer.Channels], mean));
        var scale = layer.Weights.Derived("scale", () => TfTensor.Of([layer.Channels], factors));
        return layer.Ops.Mul(layer.Ops.Sub(layer.Input, means), scale);
    }

    private static void RequireLastAxis(KerasEmission layer, string key)
    {
        if (layer.Config.Find(key) is not { } setting)
        {
            return;
        }

        var axes = KerasConfig.IsList(setting)
            ? KerasConfig.Items(setting).Select(KerasConfig.Integer).ToList()
            : [KerasConfig.Integer(setting)];
        if (axes is not [var axis] || (axis != -1 && axis != layer.Rank - 1))
        {
            throw layer.Refuse("it normalises another axis than the last; build the model with channels_last");
        }
    }
}
