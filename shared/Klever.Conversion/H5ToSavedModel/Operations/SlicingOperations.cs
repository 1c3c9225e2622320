using Klever.Conversion.H5ToSavedModel.TensorFlow;
using Klever.Formats.Keras.Operations;

namespace Klever.Conversion.H5ToSavedModel.Operations;

/// <summary>Functions that take a part of a tensor.</summary>
internal static class SlicingOperations
{
    public static IEnumerable<KeyValuePair<string, OperationEmitter>> Rules { get; } =
    [
        .. OperationEmitters.Lines(Slice, "getitem", "slice", "stridedslice"),
        .. OperationEmitters.Lines(Gather, "gather", "gatherv2", "take"),
        new("split", Split), new("splitv", Split),
        new("unstack", Unstack), new("unpack", Unstack),
    ];

    private static string Slice(OperationEmission call)
    {
        var value = call.Own();
        var entries = SliceSpecification.Of(call.Operation)
            ?? throw call.Refuse("it is converted for positions and ranges of whole numbers, which are written in the model");
        if (entries.Count > 31
            || entries.Any(entry => !IsPosition(entry.Start ?? 0) || !IsPosition(entry.Stop ?? 0) || !IsPosition(entry.Step)))
        {
            throw call.Refuse("its positions are too large");
        }

        if (call.Value().Size is { } size && SliceSpecification.Size(entries, size) is null)
        {
            throw call.Refuse($"it takes more dimensions than the {size.Count} of its input");
        }

        return StridedSlice(call.Ops, value, entries);
    }

    private static bool IsPosition(long position) => position is > int.MinValue and < int.MaxValue;

    private static string StridedSlice(TfOps ops, string value, IReadOnlyList<SliceEntry> entries)
    {
        (string Name, Func<SliceEntry, bool> IsSet)[] masks =
        [
            ("begin_mask", entry => entry is { Kind: SliceKind.Range, Start: null }),
            ("end_mask", entry => entry is { Kind: SliceKind.Range, Stop: null }),
            ("ellipsis_mask", entry => entry.Kind == SliceKind.Ellipsis),
            ("new_axis_mask", entry => entry.Kind == SliceKind.NewAxis),
            ("shrink_axis_mask", entry => entry.Kind == SliceKind.Index),
        ];
        var attributes = masks
            .Select(mask => (mask.Name, Bits: entries.Select((entry, i) => mask.IsSet(entry) ? 1L << i : 0).Sum()))
            .Where(mask => mask.Bits != 0)
            .Select(mask => TfAttribute.Integer(mask.Name, mask.Bits));
        var ends = entries.Select(entry => entry.Kind == SliceKind.Index ? (entry.Start + 1) ?? 0 : entry.Stop ?? 0);
        string[] inputs =
        [
            value, ops.Integers([.. entries.Select(entry => entry.Start ?? 0)]), ops.Integers([.. ends]),
            ops.Integers([.. entries.Select(entry => entry.Step)]),
        ];
        return ops.Op("StridedSlice", inputs, [TfAttribute.Type("Index", TfType.Int32), .. attributes]);
    }

    private static string Gather(OperationEmission call)
    {
        var value = call.Own();
        var rank = call.SizeOf(call.Value()).Count;
        var axis = call.Operation.Axis(rank, otherwise: call.Operation.Name == "take" ? -99 : 0, position: 2)
            ?? throw call.Refuse("it is converted along one axis of its input");
        if (call.Operation.Find(-1, "batch_dims")?.Integer is not (null or 0))
        {
            throw call.Refuse("it gathers for each batch (batch_dims), which is not converted");
        }

        var (indices, type) = Indices(call, call.Required(1, "indices"));
        return call.Ops.Typed(
            "GatherV2", [value, indices, call.Layer.Ops.Integer(axis)],
            TfAttribute.Type("Tparams", call.Type), TfAttribute.Type("Tindices", type), TfAttribute.Type("Taxis", TfType.Int32));
    }

    private static (string Tensor, TfType Type) Indices(OperationEmission call, KerasArgument argument)
    {
        if (argument.Input is null)
        {
            return argument.ConstantSize is { } size && argument.Numbers.All(number => double.IsInteger(number) && Math.Abs(number) <= int.MaxValue)
                ? (call.Layer.Ops.Tensor("indices", TfTensor.Of(size, [.. argument.Numbers.Select(number => (int)number)])), TfType.Int32)
                : throw call.Refuse("its indices are no whole numbers");
        }

        var value = call.Find(argument);
        var type = value.Type is TfType.Int64 ? TfType.Int64 : TfType.Int32;
        return (call.Layer.Ops.Of(type).CastTo(value.Tensor, value.Type), type);
    }

    private static List<string> Split(OperationEmission call)
    {
        // The node has its axis in front.
        var isNode = call.Operation.Name == "split" && call.Operation.Positional is [{ Input: null, Items: null }, { Input: not null }, ..];
        var tensor = call.Value(isNode ? 1 : 0);
        var value = call.Own(tensor);
        var size = call.SizeOf(tensor);
        var given = isNode ? call.Operation.Axis(size.Count, otherwise: 0, position: 0) : call.Operation.Axis(size.Count, otherwise: 0, position: 2);
        if (call.OutputSizes is not { Count: > 0 } parts || parts.Any(part => part is null) || given is not { } axis)
        {
            throw call.Refuse("its parts do not fit its input, or its input has no known size along their axis");
        }

        var node = call.Ops.Op(
            "SplitV",
            [value, call.Layer.Ops.Integers([.. parts.Select(part => part![axis])]), call.Layer.Ops.Integer(axis)],
            TfAttribute.Type("Tlen", TfType.Int32), TfAttribute.Integer("num_split", parts.Count));
        return [.. Enumerable.Range(0, parts.Count).Select(i => i == 0 ? node : $"{node}:{i}")];
    }

    private static List<string> Unstack(OperationEmission call)
    {
        var value = call.Own();
        var size = call.SizeOf(call.Value());
        if (call.OutputSizes is not { Count: > 0 } parts || parts[0] is null
            || call.Operation.Axis(size.Count, otherwise: 0, position: 2) is not { } axis)
        {
            throw call.Refuse("its input has no known size along its axis");
        }

        var node = call.Ops.Op("Unpack", [value], TfAttribute.Integer("num", parts.Count), TfAttribute.Integer("axis", axis));
        return [.. Enumerable.Range(0, parts.Count).Select(i => i == 0 ? node : $"{node}:{i}")];
    }
}
