using Klever.Conversion.H5ToSavedModel.TensorFlow;
using Klever.Formats.Keras;

namespace Klever.Conversion.H5ToSavedModel.Layers;

/// <summary>Layers that are one function of each element.</summary>
internal static class ActivationLayers
{
    public static IEnumerable<KeyValuePair<string, KerasEmitter>> Rules { get; } =
    [
        KerasEmitters.Line(
            "Activation", layer => Activations.Apply(layer, layer.Ops, layer.Input, layer.Inputs[0].Size)),
        KerasEmitters.Line("ReLU", Relu),
        KerasEmitters.Line("LeakyReLU", layer => layer.Ops.Op(
            "LeakyRelu", [layer.Input],
            TfAttribute.Real("alpha", Setting(layer, "negative_slope") ?? Setting(layer, "alpha") ?? 0.3f))),
        KerasEmitters.Line("ELU", Elu),
        KerasEmitters.Line("ThresholdedReLU", layer => Above(layer.Ops, layer.Input, Setting(layer, "theta") ?? 1)),
        KerasEmitters.Line("PReLU", ParametricRelu),
        KerasEmitters.Line("Softmax", Softmax),
    ];

    // f(x) = max_value from there on, x from the threshold on, and negative_slope * (x - threshold) below it.
    private static string Relu(KerasEmission layer)
    {
        var ops = layer.Ops;
        var maximum = Setting(layer, "max_value");
        var slope = Setting(layer, "negative_slope") ?? 0;
        var threshold = Setting(layer, "threshold") ?? 0;
        if (maximum == 6 && slope == 0 && threshold == 0)
        {
            return ops.Op("Relu6", [layer.Input]);
        }

        var upper = threshold == 0 ? ops.Op("Relu", [layer.Input]) : Above(ops, layer.Input, threshold);
        upper = maximum is null ? upper : ops.Op("Minimum", [upper, ops.Number(maximum.Value)]);
        if (slope == 0)
        {
            return upper;
        }

        var below = ops.Op("Relu", [ops.Sub(ops.Number(threshold), layer.Input)]);
        return ops.Sub(upper, ops.Mul(below, ops.Number(slope)));
    }

    private static string Elu(KerasEmission layer)
    {
        var ops = layer.Ops;
        var alpha = Setting(layer, "alpha") ?? 1;
        var unit = ops.Op("Elu", [layer.Input]);
        if (alpha == 1)
        {
            return unit;
        }

        var upper = ops.Op("Relu", [layer.Input]);
        return ops.Add(upper, ops.Mul(ops.Sub(unit, upper), ops.Number(alpha)));
    }

    private static string Above(TfOps ops, string value, float threshold)
    {
        var isAbove = ops.Op("Greater", [value, ops.Number(threshold)]);
        return ops.Mul(value, ops.Cast(isAbove, TfType.Boolean, TfType.Float));
    }

    private static string ParametricRelu(KerasEmission layer)
    {
        var ops = layer.Ops;
        var shared = layer.Config.Find("shared_axes") is { } axes ? KerasConfig.Items(axes).Select(KerasConfig.Integer).ToList() : [];
        var expected = layer.Size.Select((size, axis) => shared.Contains(axis) ? 1 : size).Skip(1).ToList();
        var alpha = layer.Weights.Tensor(0, "alpha", expected);
        var negative = ops.Op("Relu", [ops.Op("Neg", [layer.Input])]);
        return ops.Sub(ops.Op("Relu", [layer.Input]), ops.Mul(negative, alpha));
    }

    // With a mask, what it hides is moved so far down that nothing is left of it.
    private static string Softmax(KerasEmission layer)
    {
        var ops = layer.Ops;
        var axes = layer.AxisList("axis", -1);
        var value = layer.Input;
        if (layer.Inputs[0].Mask is { } mask)
        {
            value = mask.Size.Count == layer.Rank
                ? AttentionMasks.Apply(ops, value, mask.Tensor)
                : throw layer.Refuse("the mask of its input has other dimensions than the input, which is not converted");
        }

        return axes is [var axis] && axis == layer.Rank - 1
            ? ops.Op("Softmax", [value])
            : Softmax(ops, value, [.. axes.Select(one => (long)one)]);
    }

    /// <summary>Along axes that need not be the last.</summary>
    public static string Softmax(TfOps ops, string value, long[] axes)
    {
        var powers = ops.Op("Exp", [ops.Sub(value, ops.Reduce("Max", value, axes, keepsDimensions: true))]);
        return ops.Op("RealDiv", [powers, ops.Reduce("Sum", powers, axes, keepsDimensions: true)]);
    }

    // Keras 2 writes a number, or {"class_name": "__numpy__", "value": …}, or an array of one.
    private static float? Setting(KerasEmission layer, string key) =>
        layer.Config.Find(key) is null
            ? null
            : (float)(layer.Config.Number(key) ?? layer.Config.Inner(key).Number("value")
                ?? throw layer.Refuse($"its setting {key} is not a number"));
}
