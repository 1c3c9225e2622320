using Klever.Conversion.H5ToSavedModel.TensorFlow;
using Klever.Formats.Keras;

namespace Klever.Conversion.H5ToSavedModel.Layers;

/// <summary>Layers that apply another: to both directions of a sequence, or to each of its steps.</summary>
internal static class WrapperLayers
{
    public static IEnumerable<KeyValuePair<string, KerasEmitter>> Rules { get; } =
    [
        new("Bidirectional", Bidirectional),
        KerasEmitters.Line("TimeDistributed", TimeDistributed),
    ];

    private static List<string> Bidirectional(KerasEmission layer)
    {
        var inner = layer.Emitter.Parser.ParseInner(layer.Config, "layer") ?? throw layer.Refuse("it has no layer");
        if (layer.Inputs.Count > 1)
        {
            throw layer.Refuse("it is called with initial states");
        }

        var half = layer.Weights.Count / 2;
        var isBackwards = inner.Config.Flag("go_backwards");
        var forward = RecurrentLayers.Emit(
            new RecurrentSettings(layer, inner, layer.Weights.Part(0, half, "forward"), isBackwards, []));
        var backwardLayer = layer.Emitter.Parser.ParseInner(layer.Config, "backward_layer") ?? inner;
        var backward = RecurrentLayers.Emit(
            new RecurrentSettings(layer, backwardLayer, layer.Weights.Part(half, half, "backward"), !isBackwards, []));
        var second = inner.Config.Flag("return_sequences")
            ? layer.Ops.Op("ReverseV2", [backward[0], layer.Ops.Integers(1)], TfAttribute.Type("Tidx", TfType.Int32))
            : backward[0];
        return [.. Merged(layer, forward[0], second, inner.Config.Flag("return_sequences") ? 2 : 1), .. forward.Skip(
            1), .. backward.Skip(1)];
    }

    private static List<string> Merged(KerasEmission layer, string forward, string backward, int axis)
    {
        var ops = layer.Ops;
        var mode = layer.Config.Has("merge_mode") ? layer.Config.Text("merge_mode") : "concat";
        return mode switch
        {
            null => [forward, backward],
            "concat" => [ops.Concat([forward, backward], axis)],
            "sum" => [ops.Add(forward, backward)],
            "mul" => [ops.Mul(forward, backward)],
            "ave" => [ops.Mul(ops.Add(forward, backward), ops.Number(0.5f))],
            _ => throw layer.Refuse($"its merge_mode \"{mode}\" is not converted"),
        };
    }

    // [batch, time, …] is [batch * time, …] for the layer inside.
    private static string TimeDistributed(KerasEmission layer)
    {
        var inner = layer.Emitter.Parser.ParseInner(layer.Config, "layer") ?? throw layer.Refuse("it has no layer");
        if (inner.Nested is not null || layer.Size.Skip(2).Any(size => size < 0))
        {
            throw layer.Refuse("it is converted for a single layer inside of it, and steps of known size");
        }

        var ops = layer.Ops;
        long[] stepSize = [-1, .. layer.Size.Skip(2)];
        var steps = new GraphValue(ops.Reshape(layer.Input, stepSize), new KerasValue(stepSize, "float32"));
        var result = layer.Emitter.EmitLayer(inner, [steps], layer.Weights, node: null, ops.Scope)[0];
        var size = result.Size ?? throw layer.Refuse("the size of the layer inside of it is not known");
        return ops.ReshapeLike(
            result.Tensor, layer.Input, [(layer.Size[0], 0), (layer.Size[1], 1), .. size.Skip(1).Select(
                length => (length, -1))]);
    }
}
