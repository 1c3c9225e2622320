using Klever.Conversion.H5ToSavedModel.TensorFlow;
using Klever.Formats.Keras;

namespace Klever.Conversion.H5ToSavedModel.Layers;

/// <summary>Recurrent layers: written out step by step for a sequence of fixed length, as a loop for any
/// other.</summary>
internal static class RecurrentLayers
{
    /// <summary>Steps that are written out at most.</summary>
    public const int MaximumUnrolledSteps = 128;

    private static readonly string[] Classes =
        ["SimpleRNN", "LSTM", "GRU", "CuDNNLSTM", "CuDNNGRU", "RNN", "ConvLSTM1D", "ConvLSTM2D", "ConvLSTM3D"];

    public static IEnumerable<KeyValuePair<string, KerasEmitter>> Rules { get; } =
        Classes.Select(name => KeyValuePair.Create<string, KerasEmitter>(name, layer => Emit(
            layer, layer.Layer, layer.Weights, layer.Config.Flag("go_backwards"),
            [.. layer.Inputs.Skip(1).Select(input => input.Tensor)], layer.Config.Flag("zero_output_for_mask")))).ToList();

    /// <summary>Output or outputs, then the states when the layer returns them.</summary>
    /// <param name="layer">What goes over the sequence, which may be inside of <paramref name="owner"/>.</param>
    public static IReadOnlyList<string> Emit(
        KerasEmission owner, KerasLayer layer, KerasLayerWeights weights, bool isBackwards, IReadOnlyList<string> states, bool zeroesMasked)
    {
        var returnsSequences = layer.Config.Flag("return_sequences");
        if (layer.Config.Flag("time_major"))
        {
            throw owner.Refuse("it is converted for inputs of the dimensions batch, time and features");
        }

        var (output, last) = layer.ClassName == "RNN"
            ? CellStack.Of(owner, layer, weights).Emit(isBackwards, returnsSequences, states, zeroesMasked)
            : Emit(new RecurrentSettings(
                owner, owner.Inputs[0], layer.ClassName, layer.Config, weights, isBackwards, returnsSequences, states, zeroesMasked));
        return layer.Config.Flag("return_state") ? [output, .. last] : [output];
    }

    /// <summary>Output or outputs, and the states after the last step.</summary>
    public static (string Output, IReadOnlyList<string> Last) Emit(RecurrentSettings settings)
    {
        if (settings.Size.Count != settings.ImageRank + 3)
        {
            throw settings.Owner.Refuse(settings.ImageRank == 0
                ? "it is converted for inputs of the dimensions batch, time and features"
                : $"its input has {settings.Size.Count} dimensions, not {settings.ImageRank + 3}");
        }

        var cell = RecurrentCells.Of(settings, settings.Channels);
        if (settings.InitialStates.Count != 0 && settings.InitialStates.Count != cell.States)
        {
            throw settings.Owner.Refuse(
                $"it is called with {settings.InitialStates.Count} initial states, and has {cell.States}");
        }

        var sequence = Sequence(settings, cell);
        var steps = settings.Size[1];
        return steps is > 0 and <= MaximumUnrolledSteps
            ? Unroll(settings, cell, sequence, (int)steps)
            : RecurrentLoop.Emit(settings, cell, sequence);
    }

    private static RecurrentSequence Sequence(RecurrentSettings settings, RecurrentCell cell)
    {
        var (ops, input, size) = (settings.Owner.Ops, settings.Input, settings.Size);
        var mask = input.Mask is { } given
            ? Enumerable.Range(0, settings.ImageRank + 1).Aggregate(given.Tensor, (value, _) => ops.ExpandDims(value, -1, TfType.Boolean))
            : null;
        if (settings.ImageRank > 0)
        {
            return ConvolutionalCell.Sequence(settings, cell, mask);
        }

        var product = ops.BiasAdd(ops.MatMul(ops.Reshape(input.Tensor, -1, settings.Channels), cell.Kernel), cell.Bias);
        var products = ops.ReshapeLike(product, input.Tensor, (size[0], 0), (size[1], 1), (cell.Gates * settings.Units, -1));
        var batch = ops.Dimension(ops.Shape(input.Tensor), 0);
        var zeros = ops.Op("Fill", [ops.PackShape([batch, ops.Integer((int)settings.Units)]), ops.Number(0)]);
        return new RecurrentSequence(products, mask, zeros, [-1, settings.Units], Initial(settings, cell, zeros));
    }

    /// <summary>The states before the first step.</summary>
    public static IReadOnlyList<string> Initial(RecurrentSettings settings, RecurrentCell cell, string zeros) =>
        settings.InitialStates.Count > 0 ? settings.InitialStates : [.. Enumerable.Repeat(zeros, cell.States)];

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
