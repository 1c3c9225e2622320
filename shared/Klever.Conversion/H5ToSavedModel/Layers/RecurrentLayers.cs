using Klever.Conversion.H5ToSavedModel.TensorFlow;

namespace Klever.Conversion.H5ToSavedModel.Layers;

/// <summary>Recurrent layers: written out step by step for a sequence of fixed length, as a loop for any
/// other.</summary>
internal static class RecurrentLayers
{
    /// <summary>Steps that are written out at most.</summary>
    public const int MaximumUnrolledSteps = 128;

    public static IEnumerable<KeyValuePair<string, KerasEmitter>> Rules { get; } =
        new[] { "SimpleRNN", "LSTM", "GRU", "CuDNNLSTM", "CuDNNGRU" }.Select(
            name => KeyValuePair.Create<string, KerasEmitter>(name, Alone)).ToList();

    private static IReadOnlyList<string> Alone(KerasEmission layer) => Emit(new RecurrentSettings(
        layer, layer.Layer, layer.Weights, layer.Config.Flag("go_backwards"), [.. layer.Inputs.Skip(1).Select(
            input => input.Tensor)]));

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

        var (batch, steps) = (layer.Size[0], layer.Size[1]);
        var width = cell.Gates * settings.Units;
        var product = layer.Ops.BiasAdd(
            layer.Ops.MatMul(layer.Ops.Reshape(layer.Input, -1, layer.Channels), cell.Kernel), cell.Bias);
        var products = layer.Ops.ReshapeLike(product, layer.Input, (batch, 0), (steps, 1), (width, -1));
        var states = settings.InitialStates.Count > 0 ? settings.InitialStates : Zeros(settings, cell);
        var (output, last) = steps is > 0 and <= MaximumUnrolledSteps
            ? Unroll(settings, cell, products, states, (int)steps)
            : RecurrentLoop.Emit(settings, cell, products, states);
        return settings.Config.Flag("return_state") ? [output, .. last] : [output];
    }

    private static (string Output, IReadOnlyList<string> Last) Unroll(
        RecurrentSettings settings, RecurrentCell cell, string products, IReadOnlyList<string> states, int steps)
    {
        var ops = settings.Owner.Ops;
        var unpacked = ops.Op("Unpack", [products], TfAttribute.Integer("num", steps), TfAttribute.Integer("axis", 1));
        var outputs = new List<string>();
        for (var i = 0; i < steps; i++)
        {
            var position = settings.IsBackwards ? steps - 1 - i : i;
            states = cell.Step(ops, position == 0 ? unpacked : $"{unpacked}:{position}", states, cell.Weights);
            outputs.Add(states[0]);
        }

        return settings.ReturnsSequences
            ? (ops.Op("Pack", outputs, TfAttribute.Integer("N", steps), TfAttribute.Integer("axis", 1)), states)
            : (states[0], states);
    }

    private static List<string> Zeros(RecurrentSettings settings, RecurrentCell cell)
    {
        var ops = settings.Owner.Ops;
        var batch = ops.Dimension(ops.Shape(settings.Owner.Input), 0);
        var zeros = ops.Op("Fill", [ops.PackShape([batch, ops.Integer((int)settings.Units)]), ops.Number(0)]);
        return [.. Enumerable.Repeat(zeros, cell.States)];
    }
}
