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

        var inner = layer.Emitter.Parser.ParseInner(layer.Config, key)
            ?? throw layer.Refuse($"its setting {key} is no activation");
        if (KerasEmitters.Find(inner.ClassName) is null)
        {
            throw layer.Refuse($"its activation is a {inner.ClassName}, which is not converted");
        }

        var input = new GraphValue(value, new KerasValue(size, "float32"));
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

        var line = ops.Add(ops.Mul(x, ops.Number(0.2f)), ops.Number(0.5f));
        return ops.Op("Minimum", [ops.Op("Maximum", [line, ops.Number(0)]), ops.Number(1)]);
    }

    private static string NewHardSigmoid(TfOps ops, string x) =>
        ops.Mul(ops.Op("Relu6", [ops.Add(x, ops.Number(3))]), ops.Number(1f / 6));

    private static string Gelu(TfOps ops, string x)
    {
        var erf = ops.Op("Erf", [ops.Mul(x, ops.Number((float)Math.Sqrt(0.5)))]);
        return ops.Mul(ops.Mul(x, ops.Number(0.5f)), ops.Add(erf, ops.Number(1)));
    }
}
