using Klever.Conversion.H5ToSavedModel.TensorFlow;

namespace Klever.Conversion.H5ToSavedModel.Layers;

/// <summary>The cells of Keras: SimpleRNN, LSTM (gates i, f, c, o) and GRU (gates z, r, h).</summary>
internal static class RecurrentCells
{
    public static RecurrentCell Of(RecurrentSettings settings, long features) => settings.CellName switch
    {
        "SimpleRNN" or "SimpleRNNCell" => Simple(settings, features),
        "LSTM" or "CuDNNLSTM" or "LSTMCell" => LongShortTerm(settings, features),
        "ConvLSTM1D" or "ConvLSTM2D" or "ConvLSTM3D" => ConvolutionalCell.Of(settings),
        "GRU" or "GRUCell" => Gated(settings, features),
        "CuDNNGRU" => GatedWithResetAfter(settings, features),
        _ => throw settings.Owner.Refuse($"it is made with a {settings.CellName}, which is not converted"),
    };

    private static RecurrentCell Simple(RecurrentSettings settings, long features)
    {
        var activation = settings.Activation("activation", "tanh");
        var (kernel, recurrent, bias) = Weights(settings, features, gates: 1);
        return new RecurrentCell(1, 1, kernel, bias, [recurrent], (ops, x, states, weights) =>
            [Activations.Apply(settings.Owner, ops, ops.Add(x, ops.MatMul(states[0], weights[0])), activation)]);
    }

    private static RecurrentCell LongShortTerm(RecurrentSettings settings, long features)
    {
        var activation = settings.Activation("activation", "tanh");
        var gate = settings.Activation("recurrent_activation", RecurrentActivation(settings));
        var (kernel, recurrent, bias) = Weights(settings, features, gates: 4);
        return new RecurrentCell(4, 2, kernel, bias, [recurrent], (ops, x, states, weights) =>
            LongShortTermStep(settings, ops, ops.Add(x, ops.MatMul(states[0], weights[0])), states[1], (activation, gate)));
    }

    /// <summary>The states of an LSTM after a step.</summary>
    /// <param name="sum">The products of its four gates, one behind the other in the last axis.</param>
    public static IReadOnlyList<string> LongShortTermStep(
        RecurrentSettings settings, TfOps ops, string sum, string before, (string Own, string Gate) activations)
    {
        var parts = ops.Split(sum, axis: settings.ImageRank + 1, count: 4);
        var input = Apply(parts[0], activations.Gate);
        var forget = Apply(parts[1], activations.Gate);
        var carry = ops.Add(ops.Mul(forget, before), ops.Mul(input, Apply(parts[2], activations.Own)));
        return [ops.Mul(Apply(parts[3], activations.Gate), Apply(carry, activations.Own)), carry];

        string Apply(string value, string name) => Activations.Apply(settings.Owner, ops, value, name);
    }

    private static RecurrentCell Gated(RecurrentSettings settings, long features)
    {
        var resetsAfter = settings.Cell.Has("reset_after")
            ? settings.Cell.Flag("reset_after")
            : settings.Owner.Version.ResetsAfter;
        return resetsAfter ? GatedWithResetAfter(settings, features) : GatedWithResetBefore(settings, features);
    }

    private static RecurrentCell GatedWithResetBefore(RecurrentSettings settings, long features)
    {
        var activation = settings.Activation("activation", "tanh");
        var gate = settings.Activation("recurrent_activation", RecurrentActivation(settings));
        var (kernel, recurrent, bias) = Weights(settings, features, gates: 3);
        var kernels = settings.Owner.Ops.Split(recurrent, axis: 1, count: 3);
        return new RecurrentCell(3, 1, kernel, bias, kernels, (ops, x, states, weights) =>
        {
            var parts = ops.Split(x, axis: 1, count: 3);
            var h = states[0];
            var update = Activations.Apply(settings.Owner, ops, ops.Add(parts[0], ops.MatMul(h, weights[0])), gate);
            var reset = Activations.Apply(settings.Owner, ops, ops.Add(parts[1], ops.MatMul(h, weights[1])), gate);
            var candidate = ops.Add(parts[2], ops.MatMul(ops.Mul(reset, h), weights[2]));
            return [Mixed(ops, update, h, Activations.Apply(settings.Owner, ops, candidate, activation))];
        });
    }

    private static RecurrentCell GatedWithResetAfter(RecurrentSettings settings, long features)
    {
        var activation = settings.Activation("activation", "tanh");
        var gate = settings.Activation("recurrent_activation", RecurrentActivation(settings));
        var units = settings.Units;
        var weights = settings.Weights;
        var (kernel, recurrent, bias, recurrentBias) = settings.IsCudnn ? OfCudnn() : OfLayer();
        return new RecurrentCell(3, 1, kernel, bias, [recurrent, recurrentBias], (ops, x, states, inner) =>
        {
            var parts = ops.Split(x, axis: 1, count: 3);
            var h = states[0];
            var products = ops.Split(ops.BiasAdd(ops.MatMul(h, inner[0]), inner[1]), axis: 1, count: 3);
            var update = Activations.Apply(settings.Owner, ops, ops.Add(parts[0], products[0]), gate);
            var reset = Activations.Apply(settings.Owner, ops, ops.Add(parts[1], products[1]), gate);
            var candidate = ops.Add(parts[2], ops.Mul(reset, products[2]));
            return [Mixed(ops, update, h, Activations.Apply(settings.Owner, ops, candidate, activation))];
        });

        (string, string, string, string) OfCudnn()
        {
            var cudnn = new CudnnWeights(settings, features, gates: 3);
            var (input, state) = cudnn.Biases();
            return (cudnn.Kernel(), cudnn.Recurrent(), input, state);
        }

        (string, string, string, string) OfLayer()
        {
            var width = (int)(3 * units);
            var (kernel, recurrent) = (
                weights.Tensor(0, "kernel", [features, width]), weights.Tensor(1, "recurrent_kernel", [units, width]));
            var biases = settings.HasBias ? weights.Values(2, "bias", [2, width]) : new float[2 * width];
            return (kernel, recurrent, weights.Derived("bias", () => TfTensor.Of([width], biases[..width])),
                weights.Derived("recurrent_bias", () => TfTensor.Of([width], biases[width..])));
        }
    }

    // z * h + (1 - z) * candidate
    private static string Mixed(TfOps ops, string update, string state, string candidate) =>
        ops.Add(ops.Mul(update, state), ops.Mul(ops.Sub(ops.Number(1), update), candidate));

    private static (string Kernel, string Recurrent, string? Bias) Weights(
        RecurrentSettings settings, long features, int gates)
    {
        if (settings.IsCudnn)
        {
            var cudnn = new CudnnWeights(settings, features, gates);
            return (cudnn.Kernel(), cudnn.Recurrent(), cudnn.SummedBias());
        }

        var width = gates * settings.Units;
        return (settings.Weights.Tensor(0, "kernel", [features, width]),
            settings.Weights.Tensor(1, "recurrent_kernel", [settings.Units, width]),
            settings.HasBias ? settings.Weights.Tensor(2, "bias", [width]) : null);
    }

    private static string RecurrentActivation(RecurrentSettings settings) =>
        settings.IsCudnn || settings.Owner.Version.ResetsAfter ? "sigmoid" : "hard_sigmoid";
}
