using Klever.Conversion.H5ToSavedModel.TensorFlow;
using Klever.Formats.Keras.Operations;

namespace Klever.Conversion.H5ToSavedModel.Operations;

/// <summary>One call of a function that is written as operations. Its inputs come with the types that they have.</summary>
internal sealed class OperationEmission
{
    /// <summary>Whole numbers that every number of JSON is exact up to.</summary>
    private const double MaximumWhole = 1L << 53;

    private readonly KerasEmission _layer;

    public OperationEmission(KerasEmission layer)
    {
        (_layer, Operation) = (layer, KerasOperation.Of(layer.Layer, layer.Node));
        Type = layer.Inputs[0].Type;
    }

    public KerasEmission Layer => _layer;

    public KerasOperation Operation { get; }

    /// <summary>The type in which it computes.</summary>
    public TfType Type { get; private set; }

    public TfOps Ops => _layer.Ops.Of(Type);

    public IReadOnlyList<IReadOnlyList<long>?> OutputSizes => _layer.OutputSizes;

    /// <summary>The type of what it gives, when that is not the one in which it computes.</summary>
    public TfType? OutputType { get; set; }

    public ConversionException Refuse(string detail) => _layer.Refuse($"{Operation.Name}: {detail}");

    /// <summary>The first tensor, whose size has to be known.</summary>
    public GraphValue Value(int position = 0, params ReadOnlySpan<string> names)
    {
        var argument = Operation.Find(position, names);
        return argument?.Input is { } input && input < _layer.Inputs.Count
            ? _layer.Inputs[input]
            : throw Refuse($"its argument {position + 1} is no tensor");
    }

    public IReadOnlyList<long> SizeOf(GraphValue value) => value.Size ?? throw Refuse("the number of dimensions of its input is not known");

    /// <summary>The first tensor as one of real numbers, in which the function computes.</summary>
    public string Real()
    {
        Type = TfType.Float;
        return As(Value());
    }

    /// <summary>The first tensor in its own type, in which the function computes.</summary>
    public string Own() => Own(Value());

    public string Own(GraphValue value)
    {
        Type = value.Type;
        return value.Tensor;
    }

    /// <summary>Several arguments in one type: that of the tensors when they agree, else real numbers.</summary>
    public IReadOnlyList<string> Together(IReadOnlyList<KerasArgument> arguments, bool isReal = false)
    {
        var types = arguments.Where(argument => argument.Input is not null).Select(argument => Find(argument).Type).Distinct().ToList();
        var isWhole = arguments.Where(argument => argument.Input is null).All(argument => argument.Numbers.All(double.IsInteger));
        Type = !isReal && types is [var only] && isWhole ? only : TfType.Float;
        return [.. arguments.Select(As)];
    }

    /// <summary>An argument in the type in which the function computes: a tensor, or a constant.</summary>
    public string As(KerasArgument argument) => argument.Input is not null ? As(Find(argument)) : Constant(argument);

    public string As(GraphValue value) => Ops.CastTo(value.Tensor, value.Type);

    /// <summary>A tensor as conditions, in whatever type the function computes.</summary>
    public string Truth(GraphValue value) => _layer.Ops.Of(TfType.Boolean).CastTo(value.Tensor, value.Type);

    public GraphValue Find(KerasArgument argument) => argument.Input is { } input && input < _layer.Inputs.Count
        ? _layer.Inputs[input]
        : throw Refuse("one of its arguments is no tensor");

    /// <summary>An argument that has to be there.</summary>
    public KerasArgument Required(int position, params ReadOnlySpan<string> names) =>
        Operation.Find(position, names) ?? throw Refuse($"its argument {names[0]} is missing");

    /// <summary>A list of whole numbers for TensorFlow, some of which may be tensors.</summary>
    public string Integers(KerasArgument argument, string name)
    {
        if (argument.Integers is { } numbers)
        {
            return numbers.All(number => number is >= int.MinValue and <= int.MaxValue)
                ? _layer.Ops.Integers(numbers)
                : throw Refuse($"its {name} is too large");
        }

        var ops = _layer.Ops.Of(TfType.Int32);
        if (argument.Input is not null)
        {
            var value = Find(argument);
            return ops.CastTo(value.Tensor, value.Type);
        }

        return argument.Items is { } items && items.All(item => item.Input is not null || item.Integer is not null)
            ? ops.PackShape([.. items.Select(item => item.Input is null
                ? ops.Integer(checked((int)Math.Clamp(item.Integer!.Value, -1, int.MaxValue)))
                : Scalar(Find(item)))])
            : throw Refuse($"its {name} is no list of whole numbers");

        string Scalar(GraphValue value) => value.Size is { Count: 0 }
            ? ops.CastTo(value.Tensor, value.Type)
            : throw Refuse($"its {name} holds a tensor that is no single number");
    }

    private string Constant(KerasArgument argument)
    {
        if (argument.ConstantSize is not { } size)
        {
            throw Refuse("one of its arguments is neither a tensor nor a constant of numbers");
        }

        double[] numbers = [.. argument.Numbers];
        if (Type == TfType.Float)
        {
            return size.Count == 0 ? Ops.Number((float)numbers[0]) : Tensor(TfTensor.Of(size, [.. numbers.Select(number => (float)number)]));
        }

        if (numbers.Any(number => Math.Abs(number) > (Type == TfType.Int32 ? int.MaxValue : MaximumWhole)))
        {
            throw Refuse("one of its constants is too large for whole numbers");
        }

        return Type switch
        {
            TfType.Int32 => Tensor(TfTensor.Of(size, [.. numbers.Select(number => checked((int)number))])),
            TfType.Int64 => Tensor(TfTensor.Of(size, [.. numbers.Select(number => checked((long)number))])),
            _ => throw Refuse($"it computes with {KerasTypes.Name(Type)} and a constant, which is not converted; cast the tensor first"),
        };

        string Tensor(TfTensor tensor) => Ops.Tensor("constant", tensor);
    }
}
