using System.Text.Json;
using Klever.Conversion.H5ToSavedModel.TensorFlow;
using Klever.Formats.Keras;

namespace Klever.Conversion.H5ToSavedModel.Layers;

/// <summary>Numbers as the number of their bin, and categories as zeros and ones.</summary>
internal static class CategoryLayers
{
    public static IEnumerable<KeyValuePair<string, KerasEmitter>> Rules { get; } =
    [
        KerasEmitters.Line("Discretization", Discretization),
        KerasEmitters.Line("CategoryEncoding", CategoryEncoding),
    ];

    private static string Discretization(KerasEmission layer)
    {
        var bounds = layer.Config.Find("bin_boundaries") is { } list ? KerasConfig.Items(list).ToList() : [];
        if (bounds.Count == 0 || bounds.Exists(bound => bound.ValueKind != JsonValueKind.Number))
        {
            throw layer.Refuse("the file does not say its bin_boundaries");
        }

        var index = layer.Ops.Op("Bucketize", [layer.Input], TfAttribute.Reals("boundaries", bounds.Select(bound => bound.GetSingle())));
        var mode = layer.Config.Text("output_mode") ?? "int";
        if (mode == "int")
        {
            layer.OutputType = TfType.Int32;
            return index;
        }

        return Encoded(layer, index, mode, bounds.Count + 1, weights: null);
    }

    private static string CategoryEncoding(KerasEmission layer)
    {
        var index = layer.Ops.Of(TfType.Int32).CastTo(layer.Input, layer.Ops.Type);
        var weights = layer.Inputs.Count > 1 ? layer.Inputs[1].Tensor : null;
        return Encoded(layer, index, layer.Config.Text("output_mode") ?? "multi_hot", layer.Required("num_tokens"), weights);
    }

    // A category for each of [batch] or [batch, 1]; for more of them what is there, or how often.
    private static string Encoded(KerasEmission layer, string index, string mode, long count, string? weights)
    {
        var ops = layer.Ops;
        var isSingle = layer.Rank == 1 || (layer.Rank == 2 && layer.Size[1] == 1);
        if (layer.Rank > 2 || (mode == "one_hot" && !isSingle))
        {
            throw layer.Refuse($"its input has other dimensions than its output_mode {mode} is converted for: batch, and categories");
        }

        var hot = ops.Typed(
            "OneHot", [index, ops.Integer(checked((int)count)), ops.Number(1), ops.Number(0)],
            TfAttribute.Type("T", TfType.Float), TfAttribute.Type("TI", TfType.Int32));
        if (layer.Rank == 1)
        {
            return hot;
        }

        return (mode, weights) switch
        {
            ("one_hot" or "multi_hot", _) => ops.Reduce("Max", hot, [1], keepsDimensions: false),
            ("count", null) => ops.Reduce("Sum", hot, [1], keepsDimensions: false),
            ("count", _) => ops.Reduce("Sum", ops.Mul(hot, ops.ExpandDims(weights, axis: 2)), [1], keepsDimensions: false),
            _ => throw layer.Refuse($"its output_mode \"{mode}\" is not converted"),
        };
    }
}
