using Klever.Formats.Keras.Shapes;

namespace Klever.Formats.Keras.Operations;

/// <summary>Arguments that many functions have, by all of their names.</summary>
internal static class OperationArguments
{
    /// <summary>The axes of a reduction, in order and from the front: all when none are given, null when they do not fit.</summary>
    public static IReadOnlyList<int>? Axes(this KerasOperation operation, int rank)
    {
        if (operation.Find(1, "axis", "reduction_indices", "axes", "dim") is not { } given)
        {
            return [.. Enumerable.Range(0, rank)];
        }

        var axes = given.Integers?.Select(axis => Dimensions.Axis(axis, rank)).ToList();
        return axes is null || axes.Contains(null) ? null : [.. axes.Select(axis => axis!.Value).Distinct().Order()];
    }

    public static bool KeepsDimensions(this KerasOperation operation) => operation.Find(2, "keepdims", "keep_dims")?.IsTrue == true;

    /// <summary>One axis from the front; null when it does not fit.</summary>
    public static int? Axis(this KerasOperation operation, int rank, long otherwise, int position = 1) =>
        (operation.Find(position, "axis", "dim", "concat_dim", "split_dim", "dimension") is { } given ? given.Integer : otherwise) is { } axis
            ? Dimensions.Axis(axis, rank)
            : null;

    /// <summary>The order of the dimensions of a transposed tensor: backwards when it is not given.</summary>
    public static IReadOnlyList<int>? Permutation(this KerasOperation operation, int rank)
    {
        if (operation.Name is "swapaxes" or "moveaxis")
        {
            return Moved(operation, rank);
        }

        if (operation.Find(1, "perm", "axes", "pattern") is not { } given)
        {
            return [.. Enumerable.Range(0, rank).Reverse()];
        }

        var order = given.Integers?.Select(axis => Dimensions.Axis(axis, rank)).ToList();
        return order is not null && order.Order().SequenceEqual(Enumerable.Range(0, rank).Select(axis => (int?)axis))
            ? [.. order.Select(axis => axis!.Value)]
            : null;
    }

    // One axis to the place of another, which takes its place, or moves on.
    private static List<int>? Moved(KerasOperation operation, int rank)
    {
        if (operation.Find(1, "axis1", "source")?.Integer is not { } from || Dimensions.Axis(from, rank) is not { } first
            || operation.Find(2, "axis2", "destination")?.Integer is not { } to || Dimensions.Axis(to, rank) is not { } second)
        {
            return null;
        }

        List<int> order = [.. Enumerable.Range(0, rank)];
        if (operation.Name == "swapaxes")
        {
            (order[first], order[second]) = (order[second], order[first]);
            return order;
        }

        order.RemoveAt(first);
        order.Insert(second, first);
        return order;
    }

    /// <summary>The dimensions to squeeze: those of one when they are not given.</summary>
    public static IReadOnlyList<int>? Squeezed(this KerasOperation operation, IReadOnlyList<long> size)
    {
        if (operation.Find(1, "axis", "squeeze_dims") is not { } given || given.Items is { Count: 0 })
        {
            return size.Contains(-1) && size.Skip(1).Contains(-1)
                ? null
                : [.. Enumerable.Range(0, size.Count).Where(axis => size[axis] == 1)];
        }

        var axes = given.Integers?.Select(axis => Dimensions.Axis(axis, size.Count)).ToList();
        return axes is null || axes.Contains(null) ? null : [.. axes.Select(axis => axis!.Value).Distinct().Order()];
    }

    /// <summary>Tensors that are given as a list, or as arguments one after the other.</summary>
    public static IReadOnlyList<KerasArgument> Tensors(this KerasOperation operation) =>
        operation.Positional is [{ Items: { } list }, ..] ? list : [.. operation.Positional.Where(argument => argument.Input is not null)];

    /// <summary>The target of a reshape, -1 for what is computed or left open; null when it is not written as a list.</summary>
    public static IReadOnlyList<long>? Shape(this KerasOperation operation) => Shape(operation.Find(1, "shape", "newshape"));

    /// <summary>Dimensions that are written as a list, -1 for what is computed or left open.</summary>
    public static IReadOnlyList<long>? Shape(KerasArgument? argument) =>
        argument?.Integers ?? (argument?.Items is { } items && items.All(item => item.Integer is not null || item.Input is not null || item.IsNull)
            ? [.. items.Select(item => item.Integer ?? -1)]
            : null);

    /// <summary>Element types by the name of numpy, also where an argument is <c>DT_FLOAT</c>.</summary>
    public static string? Type(this KerasOperation operation, int position, params ReadOnlySpan<string> names) =>
        operation.Find(position, names)?.Text?.ToLowerInvariant() switch
        {
            null => null,
            "dt_float" => "float32",
            "dt_double" => "float64",
            "dt_half" => "float16",
            var text when text.StartsWith("dt_", StringComparison.Ordinal) => text["dt_".Length..],
            var text => text,
        };
}
