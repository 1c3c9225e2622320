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
        new("SpectralNormalization", SpectralNormalization),
    ];

    // The first half of initial states is for the layer that goes forwards.
    private static List<string> Bidirectional(KerasEmission layer)
    {
        var inner = layer.Emitter.Inner(layer.Layer, "layer") ?? throw layer.Refuse("it has no layer");
        var backwardLayer = layer.Emitter.Inner(layer.Layer, "backward_layer") ?? inner;
        if (inner.Config.Text("data_format") == "channels_first")
        {
            throw layer.Refuse("what is inside of it has its channels in front, which is not converted");
        }

        var isSequence = inner.Config.Flag("return_sequences");
        var half = layer.Weights.Count / 2;
        List<string> states = [.. layer.Inputs.Skip(1).Select(input => input.Tensor)];
        var isBackwards = inner.Config.Flag("go_backwards");
        var zeroes = layer.Version.ZeroesMasked ? isSequence : inner.Config.Flag("zero_output_for_mask");
        var forward = RecurrentLayers.Emit(
            layer, inner, layer.Weights.Part(0, half, "forward"), isBackwards, states[..(states.Count / 2)], zeroes);
        var backward = RecurrentLayers.Emit(
            layer, backwardLayer, layer.Weights.Part(half, half, "backward"), !isBackwards, states[(states.Count / 2)..], zeroes);
        var second = isSequence
            ? layer.Ops.Reverse(backward[0], 1)
            : backward[0];
        return [.. Merged(layer, forward[0], second, layer.Rank - (isSequence ? 1 : 2)), .. forward.Skip(1), .. backward.Skip(1)];
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

    // The kernel is divided by its norm while the model is trained, and stays so; what the norm is computed with is the last weight, or the
    // first when nothing is trained.
    private static IReadOnlyList<string> SpectralNormalization(KerasEmission layer)
    {
        var inner = layer.Emitter.Inner(layer.Layer, "layer") ?? throw layer.Refuse("it has no layer");
        var isTrained = layer.Config.Flag("trainable", otherwise: true) && inner.Config.Flag("trainable", otherwise: true);
        var weights = layer.Weights.Part(isTrained ? 0 : 1, Math.Max(0, layer.Weights.Count - 1), "layer");
        var outputs = layer.Emitter.EmitInner(inner, layer.Inputs, weights, layer.Ops.Scope);
        layer.OutputType = outputs[0].Type;
        return [.. outputs.Select(output => output.Tensor)];
    }

    // [batch, time, …] is [batch * time, …] for what is inside, which may be a model.
    private static string TimeDistributed(KerasEmission layer)
    {
        var inner = layer.Emitter.Inner(layer.Layer, "layer") ?? throw layer.Refuse("it has no layer");
        if (layer.Rank < 2 || layer.Inputs.Count != 1)
        {
            throw layer.Refuse("it is converted for one input, of the dimensions batch and time at least");
        }

        var ops = layer.Ops;
        var mask = layer.Inputs[0].Mask;
        var steps = new GraphValue(SequenceSteps.Fold(ops, layer.Input, layer.Size), [-1, .. layer.Size.Skip(2)], ops.Type, InnerMask(ops, mask));
        var result = layer.Emitter.EmitInner(inner, [steps], layer.Weights, ops.Scope) is [var only]
            ? only
            : throw layer.Refuse("what is inside of it gives several outputs");
        var size = result.Size ?? throw layer.Refuse("the size of what is inside of it is not known");
        layer.OutputType = result.Type;
        layer.OwnMask = mask is { Size.Count: > 2 }
            ? new GraphMask(ops.Truth("Any", mask.Tensor, [.. Enumerable.Range(2, mask.Size.Count - 2).Select(i => (long)i)]), [.. mask.Size.Take(2)])
            : mask ?? OuterMask(layer, result);
        return Unfold(layer, ops.Of(result.Type), result.Tensor, size);
    }

    private static string Unfold(KerasEmission layer, TfOps ops, string value, IReadOnlyList<long> size) =>
        SequenceSteps.Unfold(ops, value, size, layer.Inputs[0], layer.Ops.Type);

    private static GraphMask? InnerMask(TfOps ops, GraphMask? mask) => mask is { Size.Count: > 2 }
        ? new GraphMask(SequenceSteps.Fold(ops.Of(TfType.Boolean), mask.Tensor, mask.Size), [-1, .. mask.Size.Skip(2)])
        : null;

    // What is inside may have made a mask, such as an Embedding.
    private static GraphMask? OuterMask(KerasEmission layer, GraphValue result) => result.Mask is { } made
        ? new GraphMask(
            Unfold(layer, layer.Ops.Of(TfType.Boolean), made.Tensor, made.Size), [layer.Size[0], layer.Size[1], .. made.Size.Skip(1)])
        : null;
}
