using System.Text.Json;
using Klever.Conversion.H5ToSavedModel.TensorFlow;
using Klever.Formats.Keras;

namespace Klever.Conversion.H5ToSavedModel.Layers;

/// <summary>Functions that stand in a model as layers: the arithmetic that models of keras.applications use. Keras 2 writes them as
/// TFOpLambda (with the name of a function) or TensorFlowOpLayer (with a node of a graph), Keras 3 as classes of <c>keras.ops</c>.</summary>
internal static class OperationLayers
{
    private static readonly Dictionary<string, string> Binary = new(StringComparer.Ordinal)
    {
        ["add"] = "AddV2",
        ["addv2"] = "AddV2",
        ["sub"] = "Sub",
        ["subtract"] = "Sub",
        ["mul"] = "Mul",
        ["multiply"] = "Mul",
        ["div"] = "RealDiv",
        ["divide"] = "RealDiv",
        ["truediv"] = "RealDiv",
        ["true_divide"] = "RealDiv",
        ["truedivide"] = "RealDiv",
        ["realdiv"] = "RealDiv",
        ["maximum"] = "Maximum",
        ["minimum"] = "Minimum",
        ["pow"] = "Pow",
        ["power"] = "Pow",
    };

    private static readonly Dictionary<string, Func<TfOps, string, string>> Unary = new(StringComparer.Ordinal)
    {
        ["abs"] = (ops, x) => ops.Op("Abs", [x]),
        ["absolute"] = (ops, x) => ops.Op("Abs", [x]),
        ["exp"] = (ops, x) => ops.Op("Exp", [x]),
        ["log"] = (ops, x) => ops.Op("Log", [x]),
        ["neg"] = (ops, x) => ops.Op("Neg", [x]),
        ["negative"] = (ops, x) => ops.Op("Neg", [x]),
        ["relu"] = (ops, x) => ops.Op("Relu", [x]),
        ["relu6"] = (ops, x) => ops.Op("Relu6", [x]),
        ["rsqrt"] = (ops, x) => ops.Op("Rsqrt", [x]),
        ["sigmoid"] = (ops, x) => ops.Op("Sigmoid", [x]),
        ["silu"] = (ops, x) => ops.Mul(x, ops.Op("Sigmoid", [x])),
        ["softplus"] = (ops, x) => ops.Op("Softplus", [x]),
        ["sqrt"] = (ops, x) => ops.Op("Sqrt", [x]),
        ["square"] = (ops, x) => ops.Op("Square", [x]),
        ["swish"] = (ops, x) => ops.Mul(x, ops.Op("Sigmoid", [x])),
        ["tanh"] = (ops, x) => ops.Op("Tanh", [x]),
    };

    public static IEnumerable<KeyValuePair<string, KerasEmitter>> Rules { get; } =
        [KerasEmitters.Line("TFOpLambda", Emit), KerasEmitters.Line("TensorFlowOpLayer", Emit)];

    /// <summary>Whether a layer is a function and no layer with settings.</summary>
    public static bool IsFunction(KerasLayer layer) =>
        layer.ClassName is "TFOpLambda" or "TensorFlowOpLayer" or "SlicingOpLambda" || IsOfKeras3(layer);

    public static bool IsKnown(KerasLayer layer) =>
        layer.ClassName != "SlicingOpLambda" && Function(layer) is var function
        && (Binary.ContainsKey(function) || Unary.ContainsKey(function) || function == "gelu");

    public static string Emit(KerasEmission layer)
    {
        var function = Function(layer.Layer);
        if (function == "gelu")
        {
            return IsApproximate(layer)
                ? Activations.ApproximateGelu(layer.Ops, layer.Input)
                : Activations.Apply(layer, layer.Ops, layer.Input, "gelu");
        }

        if (Unary.TryGetValue(function, out var unary))
        {
            return unary(layer.Ops, layer.Input);
        }

        var op = Binary[function];
        var numbers = Numbers(layer).ToList();
        return (layer.Inputs.Count, numbers) switch
        {
            (2, []) => layer.Ops.Op(op, [layer.Input, layer.Inputs[1].Tensor]),
            (1, [var (isFirst, number)]) => layer.Ops.Op(
                op, isFirst ? [layer.Ops.Number(number), layer.Input] : [layer.Input, layer.Ops.Number(number)]),
            (1, []) when ForEachChannel(layer) is { } list => layer.Ops.Op(op, [layer.Input, list]),
            _ => throw layer.Refuse(
                $"{function} is converted for two tensors, or a tensor and a number or a number for each channel"),
        };
    }

    // EfficientNet of Keras 2.9 divides its image so.
    private static string? ForEachChannel(KerasEmission layer) =>
        KerasCallArguments.List(layer.Node, "y") is { } values && values.Count == layer.Channels
            ? layer.Ops.Tensor("list", TfTensor.Of([values.Count], [.. values]))
            : null;

    private static bool IsOfKeras3(KerasLayer layer) => layer.Module?.Contains(".ops", StringComparison.Ordinal) == true;

    // "math.multiply", "__operators__.add", the op of {"node_def": …}, or the class TrueDivide.
    private static string Function(KerasLayer layer)
    {
        var name = layer.ClassName switch
        {
            "TFOpLambda" => layer.Config.Text("function") ?? "",
            "TensorFlowOpLayer" => NodeDefinition(layer.Config).Text("op") ?? "",
            _ => layer.ClassName,
        };
        return name[(name.LastIndexOf('.') + 1)..].ToLowerInvariant();
    }

    private static KerasConfig NodeDefinition(KerasConfig config)
    {
        if (config.Text("node_def") is not { } text)
        {
            return config.Inner("node_def");
        }

        try
        {
            return new KerasConfig(JsonDocument.Parse(text).RootElement);
        }
        catch (JsonException)
        {
            return default;
        }
    }

    private static bool IsApproximate(KerasEmission layer) =>
        layer.Config.Flag("approximate", otherwise: KerasCallArguments.IsOn(layer.Node, "approximate"));

    // A number and whether it stands in front of the tensor.
    private static IEnumerable<(bool IsFirst, float Number)> Numbers(KerasEmission layer)
    {
        if (layer.Layer.ClassName == "TensorFlowOpLayer")
        {
            return layer.Config.Inner("constants").Element is { ValueKind: JsonValueKind.Object } constants
                ? constants.EnumerateObject()
                    .Where(one => one.Value.ValueKind == JsonValueKind.Number)
                    .Select(one => (one.Name == "0", one.Value.GetSingle()))
                : [];
        }

        var names = layer.Node is null ? [] : KerasCallArguments.TensorNames(layer.Node);
        var isFirst = names is ["y" or "x2", ..] || (IsOfKeras3(layer.Layer) && layer.Node is { } node && BeginsWithNumber(node.Source));
        return layer.Node is null
            ? []
            : KerasCallArguments.Numbers(layer.Node)
                .Where(number => number.Name is "" or "y" or "x" or "x1" or "x2")
                .Select(number => (isFirst || number.Name is "x" or "x1", (float)number.Value));
    }

    private static bool BeginsWithNumber(JsonElement node) =>
        node.ValueKind == JsonValueKind.Object && node.TryGetProperty("args", out var args)
        && args.ValueKind == JsonValueKind.Array && args.GetArrayLength() > 0 && args[0].ValueKind == JsonValueKind.Number;
}
