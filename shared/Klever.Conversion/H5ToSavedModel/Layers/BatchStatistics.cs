using Klever.Conversion.H5ToSavedModel.TensorFlow;

namespace Klever.Conversion.H5ToSavedModel.Layers;

/// <summary>The weights of a batch normalisation, of which gamma and beta may be missing.</summary>
internal sealed class BatchStatistics
{
    private readonly KerasLayerWeights _weights;
    private readonly long _channels;
    private readonly int? _gamma;
    private readonly int? _beta;
    private readonly int _mean;

    public BatchStatistics(KerasEmission layer, long channels)
    {
        (_weights, _channels) = (layer.Weights, channels);
        var next = 0;
        _gamma = layer.Config.Flag("scale", otherwise: true) ? next++ : null;
        _beta = layer.Config.Flag("center", otherwise: true) ? next++ : null;
        _mean = next;
        RequireIf(_gamma, "gamma");
        RequireIf(_beta, "beta");
        _weights.Require(_mean, "moving_mean", [channels]);
        _weights.Require(_mean + 1, "moving_variance", [channels]);
    }

    /// <summary>Gamma, beta, mean and variance.</summary>
    public string[] Tensors() =>
    [
        Given(_gamma, "gamma", 1), Given(_beta, "beta", 0), _weights.Tensor(_mean, "moving_mean", [_channels]),
        _weights.Tensor(_mean + 1, "moving_variance", [_channels]),
    ];

    /// <summary>The two numbers for each channel that are enough outside of images; they are computed in double precision.</summary>
    public (string Scale, string Offset) Folded(float epsilon, long[] shape) =>
        (_weights.Derived("scale", () => TfTensor.Computed(shape, () => [.. Scales(epsilon).Select(scale => (float)scale)])),
            _weights.Derived("offset", () => TfTensor.Computed(shape, () => Offsets(epsilon))));

    private void RequireIf(int? index, string name)
    {
        if (index is { } given)
        {
            _weights.Require(given, name, [_channels]);
        }
    }

    private double[] Scales(float epsilon)
    {
        var gamma = _gamma is { } index ? _weights.Values(index, "gamma", [_channels]) : null;
        return [.. _weights.Values(_mean + 1, "moving_variance", [_channels])
            .Select((variance, i) => (gamma?[i] ?? 1d) / Math.Sqrt((double)variance + epsilon))];
    }

    private float[] Offsets(float epsilon)
    {
        var scales = Scales(epsilon);
        var beta = _beta is { } index ? _weights.Values(index, "beta", [_channels]) : null;
        return [.. _weights.Values(_mean, "moving_mean", [_channels])
            .Select((mean, i) => (float)((beta?[i] ?? 0d) - (mean * scales[i])))];
    }

    private string Given(int? index, string name, float otherwise) => index is { } given
        ? _weights.Tensor(given, name, [_channels])
        : _weights.Derived(name, () => TfTensor.Of([_channels], [.. Enumerable.Repeat(otherwise, (int)_channels)]));
}
