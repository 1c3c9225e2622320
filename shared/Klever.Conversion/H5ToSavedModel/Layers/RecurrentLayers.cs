using Klever.Conversion.H5ToSavedModel.TensorFlow;

namespace Klever.Conversion.H5ToSavedModel.Layers;

/// <summary>Recurrent layers: written out step by step for a sequence of fixed length, as a loop for any
/// other.</summary>
internal static class RecurrentLayers
{
    /// <summary>Steps that are written out at most.</summary>
    public const int MaximumUnrolledSteps = 128;

    public static IEnumerable<KeyValuePair<string, KerasEmitter>> Rules { get; } =
        new[] { "SimpleRNN", "LSTM", "GRU", "CuDNNLSTM", "CuDNNGRU", "RNN" }.Select(
            name => KeyValuePair.Create<string, KerasEmitter>(name, Alone)).ToList();

    private static IReadOnlyList<string> Alone(KerasEmission layer) => Emit(new RecurrentSettings(
        layer,
        layer.Layer,
        layer.Weights,
        layer.Config.Flag("go_backwards"),
        [.. layer.Inputs.Skip(1).Select(input => input.Tensor)],
        layer.Config.Flag("zero_output_for_mask")));

    /// <summary>Output or outputs, then the states when the layer returns them.</summary>
    public static IReadOnlyList<string> Emit(RecurrentSettings settings)
    {
        var layer = settings.Owner;
        if (layer.Rank != 3 || settings.Config.Flag("time_major"))
        {
            throw layer.Refuse("it is converted for inputs of the dimensions batch, time and features");
        }

        var cell = RecurrentCells.Of(settings, layer.Channels);
        if (settings.InitialStates.Count != 0 && settings.InitialStates.Count != cell.States)
        {
            throw layer.Refuse(
                $"it is called with {settings.InitialStates.Count} initial states, and has {cell.States}");
        }

        var sequence = Sequence(settings, cell);
        var steps = layer.Size[1];
        var (output, last) = steps is > 0 and <= MaximumUnrolledSteps
            ? Unroll(settings, cell, sequence, (int)steps)
            : RecurrentLoop.Emit(settings, cell, sequence);
        return settings.Config.Flag("return_state") ? [output, .. last] : [output];
    }

    private static RecurrentSequence Sequence(RecurrentSettings settings, RecurrentCell cell)
    {
        var (layer, ops) = (settings.Owner, settings.Owner.Ops);
        var product = ops.BiasAdd(ops.MatMul(ops.Reshape(layer.Input, -1, layer.Channels), cell.Kernel), cell.Bias);
        var products = ops.ReshapeLike(
            product, layer.Input, (layer.Size[0], 0), (layer.Size[1], 1), (cell.Gates * settings.Units, -1));
        var mask = layer.Inputs[0].Mask is { } given ? ops.ExpandDims(given.Tensor, -1, TfType.Boolean) : null;
        var batch = ops.Dimension(ops.Shape(layer.Input), 0);
        var zeros = ops.Op("Fill", [ops.PackShape([batch, ops.Integer((int)settings.Units)]), ops.Number(0)]);
        return new RecurrentSequence(
            products,
            mask,
            zeros,
            settings.InitialStates.Count > 0 ? settings.InitialStates : [.. Enumerable.Repeat(zeros, cell.States)]);
    }

    private static (string Output, IReadOnlyList<string> Last) Unroll(
        RecurrentSettings settings, RecurrentCell cell, RecurrentSequence sequence, int steps)
    {
        var ops = settings.Owner.Ops;
        var products = Unpack(ops, sequence.Products, steps);
        var masks = sequence.Mask is null ? null : Unpack(ops.Of(TfType.Boolean), sequence.Mask, steps);
        var states = sequence.States;
        var outputs = new List<string>();
        for (var i = 0; i < steps; i++)
        {
            var position = settings.IsBackwards ? steps - 1 - i : i;
            var next = cell.Step(ops, products[position], states, cell.Weights);
            var previous = outputs.Count == 0 || settings.ZeroesMasked ? sequence.Blank : outputs[^1];
            outputs.Add(masks is null ? next[0] : ops.Select(masks[position], next[0], previous));
            states = masks is null ? next : Masked(ops, masks[position], next, states);
        }

        return settings.ReturnsSequences
            ? (ops.Op("Pack", outputs, TfAttribute.Integer("N", steps), TfAttribute.Integer("axis", 1)), states)
            : (outputs[^1], states);
    }

    /// <summary>The states after a step that may not count.</summary>
    public static IReadOnlyList<string> Masked(
        TfOps ops, string mask, IReadOnlyList<string> next, IReadOnlyList<string> states) =>
        [.. next.Zip(states, (after, before) => ops.Select(mask, after, before))];

    private static List<string> Unpack(TfOps ops, string value, int steps)
    {
        var node = ops.Op("Unpack", [value], TfAttribute.Integer("num", steps), TfAttribute.Integer("axis", 1));
        return [.. Enumerable.Range(0, steps).Select(i => i == 0 ? node : $"{node}:{i}")];
    }
}
