using Klever.Conversion.H5ToSavedModel.TensorFlow;
using Klever.Formats.Keras;
using Klever.Formats.Keras.Operations;

namespace Klever.Conversion.H5ToSavedModel;

/// <summary>One call of a layer that is written as operations.</summary>
internal sealed record KerasEmission(
    KerasGraphEmitter Emitter, KerasLayer Layer, TfOps Ops, IReadOnlyList<GraphValue> Inputs, KerasLayerWeights Weights,
    KerasNode? Node)
{
    private IReadOnlyList<IReadOnlyList<long>?>? _outputSizes;

    public KerasConfig Config => Layer.Config;

    public KerasVersion Version => Emitter.Version;

    public string Input => Inputs[0].Tensor;

    /// <summary>Dimensions of the first input; -1 unknown.</summary>
    public IReadOnlyList<long> Size =>
        Inputs[0].Size ?? throw Refuse("the number of dimensions of its input is not known");

    public int Rank => Size.Count;

    /// <summary>The last dimension of the first input.</summary>
    public long Channels => Known(Rank - 1);

    public bool HasBias => Config.Flag("use_bias", otherwise: true);

    /// <summary>Sizes of the outputs by the rules of Keras.</summary>
    public IReadOnlyList<IReadOnlyList<long>?> OutputSizes => _outputSizes ??= Emitter.OutputSizes(this);

    /// <summary>Type of the outputs, when it is not that of the operations.</summary>
    public TfType? OutputType { get; set; }

    /// <summary>The mask that a layer makes itself.</summary>
    public GraphMask? OwnMask { get; set; }

    public ConversionException Refuse(string detail) =>
        H5Errors.Error(ConversionProblem.UnsupportedAttribute, detail, Layer.Name, Layer.ClassName);

    /// <summary>A dimension of the first input that has to be known.</summary>
    public long Known(int axis) => axis >= 0 && Size[axis] >= 0
        ? Size[axis]
        : throw Refuse(axis == Rank - 1
            ? "the number of channels of its input is not known"
            : $"dimension {axis} of its input is not known; give the model's input a fixed size");

    /// <summary>A setting of one number per axis.</summary>
    public long[] Axes(string key, int count, long otherwise)
    {
        var axes = Config.Find(key) is null
            ? [.. Enumerable.Repeat(otherwise, count)]
            : Config.Integers(key, count) ?? throw Refuse($"its setting {key} is not {count} numbers");
        return axes.All(axis => Math.Abs(axis) <= int.MaxValue) ? axes : throw Refuse($"its setting {key} is too large");
    }

    /// <summary>A setting of one positive number per axis, such as a stride.</summary>
    public long[] Lengths(string key, int count, long otherwise)
    {
        var lengths = Axes(key, count, otherwise);
        return lengths.All(length => length > 0) ? lengths : throw Refuse($"its setting {key} is not positive");
    }

    /// <summary>A positive number that has to be there.</summary>
    public long Required(string key) => Config.Integer(key) is { } number
        ? number is > 0 and <= int.MaxValue ? number : throw Refuse($"its setting {key} is {number}")
        : throw Refuse($"it has no setting {key}");

    /// <summary>A positive number that may be left out.</summary>
    public long Optional(string key, long otherwise) => Config.Find(key) is null ? otherwise : Required(key);

    /// <summary>A real number that may be left out.</summary>
    public float Real(string key, double otherwise) => (float)(Config.Find(key) is null
        ? otherwise
        : Config.Number(key) ?? throw Refuse($"its setting {key} is not a number"));

    /// <summary>An axis as a position from the front.</summary>
    public int Axis(string key, int otherwise)
    {
        var axis = Config.Find(key) is null ? otherwise : Config.Integer(key) ?? throw Refuse($"its setting {key} is not one number");
        return Position(axis, key);
    }

    /// <summary>One axis or several, as positions from the front in their order.</summary>
    public int[] AxisList(string key, int otherwise)
    {
        if (Config.Find(key) is not { } setting || !KerasConfig.IsList(setting))
        {
            return [Axis(key, otherwise)];
        }

        int[] axes = [.. KerasConfig.Items(setting)
            .Select(item => Position(KerasConfig.Integer(item) ?? throw Refuse($"its setting {key} holds something else than numbers"), key))
            .Distinct().Order()];
        return axes.Length > 0 ? axes : throw Refuse($"its setting {key} is empty");
    }

    /// <summary>A tensor of Keras has a batch at least. TensorFlow counts dimensions with 32 bits here and there; what is longer cannot be
    /// meant.</summary>
    public void RequireSizes()
    {
        if (!KerasOperation.Is(Layer) && Inputs.Any(input => input.Size is { Count: 0 }))
        {
            throw Refuse("it is given a tensor without dimensions");
        }

        foreach (var size in Inputs.Select(input => input.Size).Concat(OutputSizes))
        {
            if (size is not null && size.Any(dimension => dimension > int.MaxValue))
            {
                throw Refuse($"it has to do with a tensor of [{string.Join(", ", size)}] elements");
            }
        }
    }

    private int Position(long axis, string key)
    {
        var position = axis < 0 ? axis + Rank : axis;
        return position >= 0 && position < Rank
            ? (int)position
            : throw Refuse($"its setting {key} is {axis}, and its input has {Rank} dimensions");
    }
}
