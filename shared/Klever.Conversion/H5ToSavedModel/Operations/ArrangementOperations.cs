using Klever.Conversion.H5ToSavedModel.TensorFlow;
using Klever.Formats.Keras.Operations;

namespace Klever.Conversion.H5ToSavedModel.Operations;

/// <summary>Functions that move elements, join tensors or choose between them.</summary>
internal static class ArrangementOperations
{
    private static readonly TfAttribute ShapeType = TfAttribute.Type("Tshape", TfType.Int32);

    public static IEnumerable<KeyValuePair<string, OperationEmitter>> Rules { get; } =
    [
        .. OperationEmitters.Lines(Reshape, "reshape"),
        .. OperationEmitters.Lines(ExpandDims, "expanddims"),
        .. OperationEmitters.Lines(Squeeze, "squeeze"),
        .. OperationEmitters.Lines(Transpose, "transpose", "permutedimensions", "swapaxes", "moveaxis"),
        .. OperationEmitters.Lines(Concat, "concat", "concatenate", "concatv2"),
        .. OperationEmitters.Lines(Stack, "stack", "pack"),
        .. OperationEmitters.Lines(Tile, "tile"),
        .. OperationEmitters.Lines(Repeat, "repeat"),
        .. OperationEmitters.Lines(Pad, "pad", "padv2", "mirrorpad"),
        .. OperationEmitters.Lines(Reverse, "reverse", "reversev2", "flip"),
        .. OperationEmitters.Lines(Select, "where", "select", "selectv2"),
    ];

    private static string Reshape(OperationEmission call)
    {
        var value = call.Own();
        var target = call.Required(1, "shape", "newshape");
        return call.Ops.Op("Reshape", [value, call.Integers(target, "shape")], ShapeType);
    }

    private static string ExpandDims(OperationEmission call)
    {
        var value = call.Own();
        var axis = call.Operation.Axis(call.SizeOf(call.Value()).Count + 1, otherwise: -1) ?? throw call.Refuse("its axis does not fit its input");
        return call.Ops.ExpandDims(value, axis);
    }

    private static string Squeeze(OperationEmission call)
    {
        var value = call.Own();
        var axes = call.Operation.Squeezed(call.SizeOf(call.Value())) ?? throw call.Refuse("its axes do not fit its input; name them");
        return call.Ops.Op("Squeeze", [value], TfAttribute.Integers("squeeze_dims", axes.Select(axis => (long)axis)));
    }

    private static string Transpose(OperationEmission call)
    {
        var value = call.Own();
        var order = call.Operation.Permutation(call.SizeOf(call.Value()).Count) ?? throw call.Refuse("its order of dimensions does not fit its input");
        return call.Ops.Transpose(value, [.. order.Select(axis => (long)axis)]);
    }

    private static string Concat(OperationEmission call)
    {
        var tensors = call.Operation.Tensors();
        var values = call.Together(tensors);
        var axis = call.OutputSizes[0] is { } size
            ? call.Operation.Axis(size.Count, call.Operation.Name == "concatenate" ? -1 : 0, call.Operation.Positional.Count - 1)
            : null;
        return call.Ops.Concat(values, axis ?? throw call.Refuse("it is converted along one axis of tensors with as many dimensions each"));
    }

    private static string Stack(OperationEmission call)
    {
        var values = call.Together(call.Operation.Tensors());
        var rank = call.OutputSizes[0]?.Count ?? throw call.Refuse("the number of dimensions of its inputs is not known");
        var axis = call.Operation.Axis(rank, otherwise: 0) ?? throw call.Refuse("its axis does not fit its inputs");
        return call.Ops.Op("Pack", values, TfAttribute.Integer("N", values.Count), TfAttribute.Integer("axis", axis));
    }

    private static string Tile(OperationEmission call)
    {
        var value = call.Own();
        var times = call.Required(1, "multiples", "repeats");
        return call.Ops.Op("Tile", [value, call.Integers(times, "multiples")], TfAttribute.Type("Tmultiples", TfType.Int32));
    }

    // One more dimension behind the axis, as often as it is repeated, and both made one.
    private static string Repeat(OperationEmission call)
    {
        var value = call.Own();
        var size = call.SizeOf(call.Value());
        if (call.Required(1, "repeats", "rep").Integer is not (> 0 and <= int.MaxValue and { } times)
            || call.Operation.Axis(size.Count, otherwise: -99, position: 2) is not { } axis)
        {
            throw call.Refuse("it is converted for one number of repeats along one axis");
        }

        var ops = call.Ops;
        var multiples = ops.Integers([.. Enumerable.Range(0, size.Count + 1).Select(i => i == axis + 1 ? times : 1)]);
        var tiled = ops.Op("Tile", [ops.ExpandDims(value, axis + 1), multiples], TfAttribute.Type("Tmultiples", TfType.Int32));
        var factors = ops.Integers([.. size.Select((_, i) => i == axis ? times : 1)]);
        return ops.Op("Reshape", [tiled, ops.Int32Op("Mul", ops.Shape(value), factors)], ShapeType);
    }

    private static string Pad(OperationEmission call)
    {
        var mode = (call.Operation.Find(-1, "mode")?.Text ?? "CONSTANT").ToUpperInvariant();
        var fill = call.Operation.Find(
            call.Operation.Name == "padv2" ? 2 : call.Layer.Layer.Module is null ? 3 : 1, "constant_values");
        var value = call.Own();
        var size = call.SizeOf(call.Value());
        var borders = call.Required(1, "paddings", "pad_width") is { Items: { } items } && items.All(item => item.Integers is { Count: 2 })
            ? items.Select(item => (item.Integers![0], item.Integers[1])).ToList()
            : [];
        if (borders.Count != size.Count || borders.Exists(border => border is not ((>= 0 and <= int.MaxValue), (>= 0 and <= int.MaxValue))))
        {
            throw call.Refuse("its paddings are not two whole numbers for each dimension");
        }

        return (mode, fill?.Number ?? 0) switch
        {
            ("CONSTANT", 0) => call.Ops.Pad(value, borders),
            ("CONSTANT", _) => call.Ops.Pad(value, borders, call.As(fill!)),
            ("REFLECT" or "SYMMETRIC", _) => call.Ops.Pad(value, borders, fill: null, mode),
            _ => throw call.Refuse($"its mode \"{mode}\" is not converted"),
        };
    }

    private static string Reverse(OperationEmission call)
    {
        var value = call.Own();
        var axes = call.Operation.Axes(call.SizeOf(call.Value()).Count) ?? throw call.Refuse("its axes do not fit its input");
        return call.Ops.Reverse(value, [.. axes.Select(axis => (long)axis)]);
    }

    private static string Select(OperationEmission call)
    {
        var condition = call.Value(0, "condition");
        if (call.Operation.Find(1, "x", "x1") is not { } first || call.Operation.Find(2, "y", "x2") is not { } second)
        {
            throw call.Refuse("it is converted with a value for each case");
        }

        var values = call.Together([first, second]);
        return call.Ops.Select(call.Truth(condition), values[0], values[1]);
    }
}
