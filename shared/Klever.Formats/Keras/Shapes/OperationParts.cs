using Klever.Formats.Keras.Operations;

namespace Klever.Formats.Keras.Shapes;

/// <summary>What a tensor is split into along an axis.</summary>
internal sealed record OperationParts(IReadOnlyList<long> Size, int Axis, IReadOnlyList<long> Lengths)
{
    private const int MaximumParts = 10_000;

    /// <summary>Null when the arguments do not fit the tensor, or its dimension is not known.</summary>
    public static OperationParts? Of(OperationSizes call)
    {
        var operation = call.Operation;
        var isNode = operation.Positional.Count > 1 && operation.Name == "split" && operation.Positional[0].Input is null;
        if ((isNode ? call.Size(1) : call.Size(0)) is not { } size)
        {
            return null;
        }

        // The node has its axis in front, and the number of parts as an attribute.
        var axis = isNode
            ? operation.Positional[0].Integer is { } first ? Dimensions.Axis(first, size.Count) : null
            : operation.Axis(size.Count, otherwise: 0, position: 2);
        var given = isNode
            ? operation.Find(-1, "num_split")
            : operation.Find(1, "num_or_size_splits", "indices_or_sections");
        if (axis is not { } along || given is null || size[along] < 0)
        {
            return null;
        }

        var lengths = given.Integer is { } count ? Equal(size[along], count) : Listed(size[along], given, operation);
        return lengths is null ? null : new OperationParts(size, along, lengths);
    }

    private static List<long>? Equal(long whole, long count) =>
        count is > 0 and <= MaximumParts && whole % count == 0 ? [.. Enumerable.Repeat(whole / count, (int)count)] : null;

    // TensorFlow lists lengths, numpy positions.
    private static List<long>? Listed(long whole, KerasArgument given, KerasOperation operation)
    {
        if (given.Integers is not { Count: > 0 and <= MaximumParts } numbers || numbers.Any(number => number is < -1 or > int.MaxValue))
        {
            return null;
        }

        List<long> lengths = operation.Find(-1, "indices_or_sections") is null
            ? [.. numbers.Select(number => number < 0 ? whole - numbers.Where(other => other >= 0).Sum() : number)]
            : [.. numbers.Append(whole).Zip(numbers.Prepend(0), (end, start) => end - start)];
        return lengths.TrueForAll(length => length >= 0) && lengths.Sum() == whole ? lengths : null;
    }
}
