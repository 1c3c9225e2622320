using Klever.Conversion.H5ToSavedModel.TensorFlow;

namespace Klever.Conversion.H5ToSavedModel.Layers;

/// <summary>Weights of CuDNNLSTM and CuDNNGRU as those of LSTM and GRU: each gate's matrices are transposed, that of
/// the input without changing its shape, and there are two biases.</summary>
internal sealed class CudnnWeights(RecurrentSettings settings, long features, int gates)
{
    private readonly int _units = (int)settings.Units;
    private readonly int _width = gates * (int)settings.Units;

    public string Kernel() => Rearranged(
        0, "kernel", (int)features, n => (n / _units, n % _units), n => (n % (int)features, n / (int)features));

    public string Recurrent() =>
        Rearranged(1, "recurrent_kernel", _units, n => (n / _units, n % _units), n => (n % _units, n / _units));

    /// <summary>Bias of the input, then that of the state.</summary>
    public (string Input, string State) Biases()
    {
        var values = settings.Weights.Values(2, "bias", [2 * _width]);
        return (settings.Weights.Derived("bias", () => TfTensor.Of([_width], values[.._width])),
            settings.Weights.Derived("recurrent_bias", () => TfTensor.Of([_width], values[_width..])));
    }

    public string SummedBias()
    {
        var values = settings.Weights.Values(2, "bias", [2 * _width]);
        return settings.Weights.Derived("bias", () => TfTensor.Of(
            [_width], [.. Enumerable.Range(0, _width).Select(i => values[i] + values[_width + i])]));
    }

    private string Rearranged(
        int index, string name, int rows, Func<int, (int Row, int Column)> from, Func<int, (int Row, int Column)> to)
    {
        settings.Weights.Require(index, name, [rows, _width]);
        return settings.Weights.Derived(name, () => TfTensor.Computed(
            [rows, _width], () => Rearrange(settings.Weights.Values(index, name, [rows, _width]), rows, from, to)));
    }

    // Element n of a gate comes from one row and column, and goes to another.
    private float[] Rearrange(
        float[] source, int rows, Func<int, (int Row, int Column)> from, Func<int, (int Row, int Column)> to)
    {
        var target = new float[source.Length];
        for (var gate = 0; gate < gates; gate++)
        {
            for (var n = 0; n < rows * _units; n++)
            {
                var ((fromRow, fromColumn), (toRow, toColumn)) = (from(n), to(n));
                target[(toRow * _width) + (gate * _units) + toColumn] =
                    source[(fromRow * _width) + (gate * _units) + fromColumn];
            }
        }

        return target;
    }
}
