using System.Text.Json;

namespace Klever.Formats.Keras.Operations;

/// <summary>What is taken of a tensor, as any of the ways to write it say.</summary>
internal static class SliceSpecification
{
    private static readonly string[] Masks = ["begin_mask", "end_mask", "ellipsis_mask", "new_axis_mask", "shrink_axis_mask"];

    /// <summary>The entries of a slice by a function of this name; null when they are computed, or not understood.</summary>
    public static IReadOnlyList<SliceEntry>? Of(KerasOperation operation) => operation.Name switch
    {
        "getitem" => OfBrackets(operation.Find(1, "slice_spec", "key")),
        "slice" => OfSizes(operation.Find(1, "begin", "start_indices"), operation.Find(2, "size", "shape")),
        "stridedslice" => OfMasks(operation),
        _ => null,
    };

    /// <summary>The size of the result; null when the entries do not fit.</summary>
    public static IReadOnlyList<long>? Size(IReadOnlyList<SliceEntry> entries, IReadOnlyList<long> size)
    {
        var taken = entries.Count(entry => entry.Kind is SliceKind.Range or SliceKind.Index);
        if (taken > size.Count || entries.Count(entry => entry.Kind == SliceKind.Ellipsis) > 1)
        {
            return null;
        }

        var result = new List<long>();
        var axis = 0;
        foreach (var entry in entries)
        {
            switch (entry.Kind)
            {
                case SliceKind.NewAxis:
                    result.Add(1);
                    break;
                case SliceKind.Ellipsis:
                    result.AddRange(size.Skip(axis).Take(size.Count - taken));
                    axis += size.Count - taken;
                    break;
                case SliceKind.Index:
                    axis++;
                    break;
                default:
                    result.Add(entry.LengthOf(size[axis++]));
                    break;
            }
        }

        return [.. result, .. size.Skip(axis)];
    }

    private static List<SliceEntry>? OfBrackets(KerasArgument? brackets)
    {
        if (brackets is null)
        {
            return [new SliceEntry(SliceKind.NewAxis)];
        }

        var entries = (brackets.Items ?? [brackets]).Select(Entry).ToList();
        return entries.Contains(null) ? null : [.. entries.Select(entry => entry!)];
    }

    private static SliceEntry? Entry(KerasArgument item)
    {
        if (item.IsNull)
        {
            return new SliceEntry(SliceKind.NewAxis);
        }

        if (item.Integer is { } position)
        {
            return new SliceEntry(SliceKind.Index, position);
        }

        if (item.Element.ValueKind == JsonValueKind.Object && new KerasConfig(item.Element).Text("class_name") == "__ellipsis__")
        {
            return new SliceEntry(SliceKind.Ellipsis);
        }

        return item.Input is null && item.Fields is { } fields && fields.TryGetValue("stop", out var stop)
            ? Range(fields.GetValueOrDefault("start"), stop, fields.GetValueOrDefault("step"))
            : null;
    }

    private static SliceEntry? Range(KerasArgument? start, KerasArgument? stop, KerasArgument? step)
    {
        KerasArgument?[] all = [start, stop, step];
        return all.All(one => one is null || one.IsNull || one.Integer is not null) && step?.Integer is not 0
            ? new SliceEntry(SliceKind.Range, start?.Integer, stop?.Integer, step?.Integer ?? 1)
            : null;
    }

    // tf.slice: where each dimension begins, and how many elements follow, -1 for all.
    private static List<SliceEntry>? OfSizes(KerasArgument? begin, KerasArgument? size)
    {
        if (begin?.Integers is not { } starts || size?.Integers is not { } sizes || starts.Count != sizes.Count
            || starts.Concat(sizes).Any(number => number > int.MaxValue) || starts.Any(start => start < 0))
        {
            return null;
        }

        return [.. starts.Zip(sizes, (start, length) => new SliceEntry(SliceKind.Range, start, length < 0 ? null : start + length))];
    }

    // The operation of TensorFlow: three lists and five masks with a bit for each entry.
    private static List<SliceEntry>? OfMasks(KerasOperation operation)
    {
        if (operation.Find(1, "begin")?.Integers is not { } begin || operation.Find(2, "end")?.Integers is not { } end
            || begin.Count != end.Count || begin.Count > 31)
        {
            return null;
        }

        var steps = operation.Find(3, "strides")?.Integers ?? [.. begin.Select(_ => 1L)];
        var masks = Masks.Select(name => operation.Find(-1, name)?.Integer ?? 0).ToArray();
        return steps.Count == begin.Count && !steps.Contains(0) ? [.. begin.Select((_, i) => Entry(i))] : null;

        SliceEntry Entry(int i) => true switch
        {
            _ when IsSet(2, i) => new SliceEntry(SliceKind.Ellipsis),
            _ when IsSet(3, i) => new SliceEntry(SliceKind.NewAxis),
            _ when IsSet(4, i) => new SliceEntry(SliceKind.Index, begin[i]),
            _ => new SliceEntry(SliceKind.Range, IsSet(0, i) ? null : begin[i], IsSet(1, i) ? null : end[i], steps[i]),
        };

        bool IsSet(int mask, int bit) => (masks[mask] & (1L << bit)) != 0;
    }
}
