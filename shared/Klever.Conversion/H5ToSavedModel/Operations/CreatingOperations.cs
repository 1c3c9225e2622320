using Klever.Conversion.H5ToSavedModel.TensorFlow;
using Klever.Formats.Keras.Operations;

namespace Klever.Conversion.H5ToSavedModel.Operations;

/// <summary>Functions that make a tensor of a shape, of an index or of a number.</summary>
internal static class CreatingOperations
{
    public static IEnumerable<KeyValuePair<string, OperationEmitter>> Rules { get; } =
    [
        .. OperationEmitters.Lines(Shape, "shape"),
        .. OperationEmitters.Lines(OneHot, "onehot"),
        .. OperationEmitters.Lines(Fill, "fill", "ones", "zeros"),
        .. OperationEmitters.Lines(Range, "range"),
        .. OperationEmitters.Lines(BroadcastTo, "broadcastto"),
    ];

    private static string Shape(OperationEmission call)
    {
        call.OutputType = TfType.Int32;
        return call.Layer.Ops.Of(call.Value().Type).Shape(call.Value().Tensor);
    }

    private static string OneHot(OperationEmission call)
    {
        var value = call.Value();
        var rank = call.SizeOf(value).Count;
        if (call.Required(1, "depth", "num_classes").Integer is not (> 0 and <= int.MaxValue and { } depth)
            || call.Operation.Axis(rank + 1, otherwise: -1, position: 4) != rank
            || (call.Operation.Find(2, "on_value") ?? call.Operation.Find(3, "off_value")) is { } given && given.Number is not (0 or 1))
        {
            throw call.Refuse("it is converted with ones and zeros, in a new last dimension");
        }

        var type = call.Operation.Type(-1, "dtype", "T") is { } name ? KerasTypes.Of(name) ?? TfType.Float : TfType.Float;
        type = type is TfType.Half or TfType.BFloat16 or TfType.Double ? TfType.Float : type;
        call.OutputType = type;
        var ops = call.Layer.Ops;
        var index = ops.Of(TfType.Int32).CastTo(value.Tensor, value.Type);
        var hot = ops.Typed(
            "OneHot", [index, ops.Integer((int)depth), ops.Number(1), ops.Number(0)],
            TfAttribute.Type("T", TfType.Float), TfAttribute.Type("TI", TfType.Int32));
        return ops.Of(type).CastTo(hot, TfType.Float);
    }

    private static string Range(OperationEmission call)
    {
        var type = call.Operation.Type(3, "dtype") is { } name ? KerasTypes.Of(name) : TfType.Int32;
        if (type is not (TfType.Int32 or TfType.Int64))
        {
            throw call.Refuse("it is converted for whole numbers");
        }

        var (start, limit, step) = OperationRanges.Of(call.Operation);
        var ops = call.Layer.Ops.Of(TfType.Int32);
        string Number(KerasArgument? argument, int otherwise) => argument is null
            ? ops.Integer(otherwise)
            : argument.Input is null
                ? ops.Integer(argument.Integer is { } number and >= int.MinValue and <= int.MaxValue
                    ? (int)number
                    : throw call.Refuse("its numbers are no whole numbers"))
                : ops.CastTo(call.Find(argument).Tensor, call.Find(argument).Type);
        var range = ops.Typed(
            "Range", [Number(start, 0), Number(limit, 0), Number(step, 1)], TfAttribute.Type("Tidx", TfType.Int32));
        call.OutputType = type;
        return ops.Of(type.Value).CastTo(range, TfType.Int32);
    }

    private static string Fill(OperationEmission call)
    {
        var isFill = call.Operation.Name == "fill";
        var value = !isFill ? (call.Operation.Name == "ones" ? 1 : 0) : call.Required(1, "value").Number ?? throw call.Refuse("its value is no number");
        var type = isFill || call.Operation.Type(1, "dtype") is not { } name ? TfType.Float : KerasTypes.Of(name) ?? TfType.Float;
        type = type is TfType.Int32 or TfType.Int64 or TfType.Boolean ? type : TfType.Float;
        call.OutputType = type;
        var ops = call.Layer.Ops;
        var filled = ops.Op("Fill", [call.Integers(call.Operation.Positional[0], "shape"), ops.Number((float)value)]);
        return ops.Of(type).CastTo(filled, TfType.Float);
    }

    private static string BroadcastTo(OperationEmission call)
    {
        var value = call.Own();
        return call.Ops.Op("BroadcastTo", [value, call.Integers(call.Required(1, "shape"), "shape")], TfAttribute.Type("Tidx", TfType.Int32));
    }
}
