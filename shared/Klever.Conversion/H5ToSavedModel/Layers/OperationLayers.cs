using System.Text.Json;
using Klever.Conversion.H5ToSavedModel.TensorFlow;
using Klever.Formats.Keras;

namespace Klever.Conversion.H5ToSavedModel.Layers;

/// <summary>Functions of TensorFlow that stand in a model as layers (TFOpLambda): the arithmetic that models of
/// keras.applications use.</summary>
internal static class OperationLayers
{
    private static readonly Dictionary<string, string> Binary = new(StringComparer.Ordinal)
    {
        ["__operators__.add"] = "AddV2",
        ["math.add"] = "AddV2",
        ["math.subtract"] = "Sub",
        ["math.multiply"] = "Mul",
        ["math.divide"] = "RealDiv",
        ["math.truediv"] = "RealDiv",
        ["math.maximum"] = "Maximum",
        ["math.minimum"] = "Minimum",
    };

    private static readonly Dictionary<string, string> Unary = new(StringComparer.Ordinal)
    {
        ["nn.relu"] = "Relu",
        ["nn.relu6"] = "Relu6",
        ["nn.sigmoid"] = "Sigmoid",
        ["math.sigmoid"] = "Sigmoid",
        ["nn.tanh"] = "Tanh",
        ["math.tanh"] = "Tanh",
        ["nn.softmax"] = "Softmax",
        ["math.exp"] = "Exp",
    };

    public static IEnumerable<KeyValuePair<string, KerasEmitter>> Rules { get; } = [KerasEmitters.Line(
        "TFOpLambda", Emit)];

    public static bool IsKnown(KerasConfig config) =>
        config.Text("function") is { } function && (Binary.ContainsKey(function) || Unary.ContainsKey(function));

    private static string Emit(KerasEmission layer)
    {
        var function = layer.Config.Text("function") ?? "";
        if (Unary.TryGetValue(function, out var unary))
        {
            return layer.Ops.Op(unary, [layer.Input]);
        }

        var op = Binary[function];
        if (layer.Inputs.Count == 2)
        {
            return layer.Ops.Op(op, [layer.Input, layer.Inputs[1].Tensor]);
        }

        var number = layer.Node is { } node ? SecondNumber(node.Source) : null;
        return number is { } second
            ? layer.Ops.Op(op, [layer.Input, layer.Ops.Number((float)second)])
            : throw layer.Refuse($"{function} is converted for two tensors, or a tensor and a number");
    }

    // [["x", 0, 0, {"y": 3.0, "name": null}]]
    private static double? SecondNumber(JsonElement node)
    {
        var call = node.ValueKind == JsonValueKind.Array && node.GetArrayLength() == 1 ? node[0] : node;
        return call.ValueKind == JsonValueKind.Array && call.GetArrayLength() > 3
            ? new KerasConfig(call[3]).Number("y")
            : null;
    }
}
