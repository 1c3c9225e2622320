using System.Text.Json;
using Klever.Conversion.H5ToSavedModel.TensorFlow;
using Klever.Formats.Keras;

namespace Klever.Conversion.H5ToSavedModel;

/// <summary>Masks that a call is given as arguments. Keras 3 writes all of them so, also those that travel by themselves.</summary>
internal static class KerasGivenMasks
{
    /// <summary>Each with the position of the input that it is for; null for that of the argument's own list.</summary>
    private static readonly Dictionary<string, int?> Positions = new(StringComparer.Ordinal)
    {
        ["mask"] = null,
        ["query_mask"] = 0,
        ["value_mask"] = 1,
        ["key_mask"] = 2,
    };

    public static bool IsMask(string? name) => name is not null && Positions.ContainsKey(name);

    /// <summary>The inputs without those that are masks, which the others have instead.</summary>
    public static IReadOnlyList<GraphValue> Attach(TfGraph graph, string path, KerasNode? node, IReadOnlyList<GraphValue> inputs)
    {
        var names = node is null ? [] : KerasCallArguments.TensorNames(node);
        if (names.Count != inputs.Count || !names.Any(IsMask))
        {
            return inputs;
        }

        var values = inputs.Where((_, i) => !IsMask(names[i])).ToList();
        var order = names.Where(name => !IsMask(name)).ToList();
        var listed = new Queue<int>(ListedPositions(node!.Source));
        for (var i = 0; i < names.Count; i++)
        {
            if (!IsMask(names[i]))
            {
                continue;
            }

            var target = names[i] == "mask" ? (listed.TryDequeue(out var next) ? next : -1) : Find(order, names[i]!);
            if (target >= 0 && target < values.Count)
            {
                values[target] = values[target] with { Mask = Mask(graph, path, inputs[i]) };
            }
        }

        return values;
    }

    // By the name of the argument, or by the position that it has in a call without names.
    private static int Find(List<string?> order, string mask)
    {
        var named = order.IndexOf(mask[..^"_mask".Length]);
        return named >= 0 ? named : Positions[mask]!.Value is var position && position < order.Count && order[position] is null or "inputs"
            ? position
            : -1;
    }

    private static GraphMask? Mask(TfGraph graph, string path, GraphValue value) => value.Size is null
        ? null
        : new GraphMask(new TfOps(graph, path, TfType.Boolean).CastTo(value.Tensor, value.Type), value.Size);

    // "mask": one for the first input, or a list with null for inputs that have none.
    private static IEnumerable<int> ListedPositions(JsonElement source)
    {
        var given = KerasCallArguments.Find(source, "mask");
        return given.ValueKind == JsonValueKind.Array && !KerasTensorParser.IsReference(given)
            ? given.EnumerateArray().Select((item, i) => (item, i)).Where(pair => pair.item.ValueKind != JsonValueKind.Null).Select(pair => pair.i)
            : [0];
    }
}
