using Klever.Conversion.H5ToSavedModel.TensorFlow;
using Klever.Formats.Keras;

namespace Klever.Conversion.H5ToSavedModel;

/// <summary>One call of a layer that is written as operations.</summary>
internal sealed record KerasEmission(
    KerasGraphEmitter Emitter, KerasLayer Layer, TfOps Ops, IReadOnlyList<GraphValue> Inputs, KerasLayerWeights Weights,
    KerasNode? Node)
{
    public KerasConfig Config => Layer.Config;

    public KerasVersion Version => Emitter.Version;

    public string Input => Inputs[0].Tensor;

    /// <summary>Dimensions of the first input; -1 unknown.</summary>
    public IReadOnlyList<long> Size =>
        Inputs[0].Size ?? throw Refuse("the number of dimensions of its input is not known");

    public int Rank => Size.Count;

    /// <summary>The last dimension of the first input.</summary>
    public long Channels => Size[^1] >= 0 ? Size[^1] : throw Refuse("the number of channels of its input is not known");

    public bool HasBias => Config.Flag("use_bias", otherwise: true);

    /// <summary>Sizes of the outputs by the rules of Keras.</summary>
    public IReadOnlyList<IReadOnlyList<long>?> OutputSizes => _outputSizes ??= Emitter.OutputSizes(this);

    private IReadOnlyList<IReadOnlyList<long>?>? _outputSizes;

    public ConversionException Refuse(string detail) =>
        H5Errors.Error(ConversionProblem.UnsupportedAttribute, detail, Layer.Name, Layer.ClassName);

    /// <summary>A setting of one number per axis.</summary>
    public long[] Axes(string key, int count, long otherwise) =>
        Config.Find(key) is null
            ? [.. Enumerable.Repeat(otherwise, count)]
            : Config.Integers(key, count) ?? throw Refuse($"its setting {key} is not {count} numbers");

    public long Required(string key) => Config.Integer(key) ?? throw Refuse($"it has no setting {key}");
}
