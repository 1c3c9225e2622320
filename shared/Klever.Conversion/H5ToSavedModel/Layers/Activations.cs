using System.Text.Json;
using Klever.Conversion.H5ToSavedModel.TensorFlow;
using Klever.Formats.Keras;

namespace Klever.Conversion.H5ToSavedModel.Layers;

/// <summary>Activation functions by the names that Keras gives them.</summary>
internal static class Activations
{
    private static readonly Dictionary<string, Func<TfOps, string, KerasVersion, string>> Table = new(
        StringComparer.Ordinal)
    {
        ["linear"] = (_, x, _) => x,
        ["relu"] = (ops, x, _) => ops.Op("Relu", [x]),
        ["relu6"] = (ops, x, _) => ops.Op("Relu6", [x]),
        ["sigmoid"] = (ops, x, _) => ops.Op("Sigmoid", [x]),
        ["tanh"] = (ops, x, _) => ops.Op("Tanh", [x]),
        ["softmax"] = (ops, x, _) => ops.Op("Softmax", [x]),
        ["log_softmax"] = (ops, x, _) => ops.Op("LogSoftmax", [x]),
        ["elu"] = (ops, x, _) => ops.Op("Elu", [x]),
        ["selu"] = (ops, x, _) => ops.Op("Selu", [x]),
        ["softplus"] = (ops, x, _) => ops.Op("Softplus", [x]),
        ["softsign"] = (ops, x, _) => ops.Op("Softsign", [x]),
        ["exponential"] = (ops, x, _) => ops.Op("Exp", [x]),
        ["swish"] = (ops, x, _) => ops.Mul(x, ops.Op("Sigmoid", [x])),
        ["silu"] = (ops, x, _) => ops.Mul(x, ops.Op("Sigmoid", [x])),
        ["hard_sigmoid"] = HardSigmoid,
        ["hard_swish"] = (ops, x, _) => ops.Mul(x, NewHardSigmoid(ops, x)),
        ["hard_silu"] = (ops, x, _) => ops.Mul(x, NewHardSigmoid(ops, x)),
        ["gelu"] = (ops, x, _) => Gelu(ops, x),
        ["mish"] = (ops, x, _) => ops.Mul(x, ops.Op("Tanh", [ops.Op("Softplus", [x])])),
        ["celu"] = (ops, x, _) => ops.Op("Elu", [x]),
        ["hard_shrink"] = (ops, x, _) => ops.Mul(
            x, ops.Cast(ops.Op("Greater", [ops.Op("Abs", [x]), ops.Number(0.5f)]), TfType.Boolean, TfType.Float)),
        ["hard_tanh"] = (ops, x, _) => Clip(ops, x, -1, 1),
        ["log_sigmoid"] = (ops, x, _) => ops.Op("Neg", [ops.Op("Softplus", [ops.Op("Neg", [x])])]),
        ["soft_shrink"] = (ops, x, _) => ops.Sub(
            ops.Op("Relu", [ops.Sub(x, ops.Number(0.5f))]), ops.Op("Relu", [ops.Sub(ops.Number(-0.5f), x)])),
        ["sparse_sigmoid"] = (ops, x, _) => Clip(ops, ops.Mul(ops.Add(x, ops.Number(1)), ops.Number(0.5f)), 0, 1),
        ["sparse_plus"] = (ops, x, _) => ops.Add(
            ops.Mul(ops.Op("Square", [Clip(ops, ops.Add(x, ops.Number(1)), 0, 2)]), ops.Number(0.25f)),
            ops.Op("Relu", [ops.Sub(x, ops.Number(1))])),
        ["squareplus"] = (ops, x, _) => ops.Mul(
            ops.Add(x, ops.Op("Sqrt", [ops.Add(ops.Op("Square", [x]), ops.Number(4))])), ops.Number(0.5f)),
        ["tanh_shrink"] = (ops, x, _) => ops.Sub(x, ops.Op("Tanh", [x])),
        ["leaky_relu"] = (ops, x, _) => ops.Op("LeakyRelu", [x], TfAttribute.Real("alpha", 0.2f)),
    };

    /// <summary>The name of an activation, null when there is none or when it is a layer.</summary>
    /// <remarks>Keras writes a name, or an object that names a function.</remarks>
    public static string? Name(KerasConfig config, string key)
    {
        if (config.Find(key) is not { } setting)
        {
            return "linear";
        }

        return setting.ValueKind == JsonValueKind.String
            ? setting.GetString()
            : new KerasConfig(setting) is var function && function.Text("class_name") is "function"
                ? function.Text("config")
                : null;
    }

    public static bool IsKnown(string name) => Table.ContainsKey(name);

    /// <summary>Applies the activation of a layer; one that is itself a layer is written as that.</summary>
    public static string Apply(
        KerasEmission layer, TfOps ops, string value, IReadOnlyList<long>? size, string key = "activation")
    {
        if (Name(layer.Config, key) is { } name)
        {
            return Apply(layer, ops, value, name);
        }

        var inner = layer.Emitter.Inner(layer.Layer, key)
            ?? throw layer.Refuse($"its setting {key} is no activation");
        if (KerasEmitters.Find(inner.ClassName) is null)
        {
            throw layer.Refuse($"its activation is a {inner.ClassName}, which is not converted");
        }

        var input = new GraphValue(value, size);
        return layer.Emitter.EmitLayer(
            inner, [input], layer.Weights.Part(layer.Weights.Count, 0, key), node: null, ops.Scope)[0].Tensor;
    }

    public static string Apply(KerasEmission layer, TfOps ops, string value, string name) =>
        Table.TryGetValue(name, out var function)
            ? function(ops, value, layer.Version)
            : throw layer.Refuse($"its activation \"{name}\" is not converted");

    private static string HardSigmoid(TfOps ops, string x, KerasVersion version)
    {
        if (version.HasNewHardSigmoid)
        {
            return NewHardSigmoid(ops, x);
        }

        return Clip(ops, ops.Add(ops.Mul(x, ops.Number(0.2f)), ops.Number(0.5f)), 0, 1);
    }

    private static string Clip(TfOps ops, string x, float low, float high) =>
        ops.Op("Minimum", [ops.Op("Maximum", [x, ops.Number(low)]), ops.Number(high)]);

    private static string NewHardSigmoid(TfOps ops, string x) =>
        ops.Mul(ops.Op("Relu6", [ops.Add(x, ops.Number(3))]), ops.Number(1f / 6));

    /// <summary>With the tanh that stands for the error function in approximate GELU.</summary>
    public static string ApproximateGelu(TfOps ops, string x)
    {
        var cube = ops.Mul(ops.Mul(ops.Mul(x, x), x), ops.Number(0.044715f));
        var tanh = ops.Op("Tanh", [ops.Mul(ops.Add(x, cube), ops.Number((float)Math.Sqrt(2 / Math.PI)))]);
        return ops.Mul(ops.Mul(x, ops.Number(0.5f)), ops.Add(tanh, ops.Number(1)));
    }

    private static string Gelu(TfOps ops, string x)
    {
        var erf = ops.Op("Erf", [ops.Mul(x, ops.Number((float)Math.Sqrt(0.5)))]);
        return ops.Mul(ops.Mul(x, ops.Number(0.5f)), ops.Add(erf, ops.Number(1)));
    }
}
