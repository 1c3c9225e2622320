using Klever.Formats.Shapes;

namespace Klever.Formats.MXNet.Shapes;

/// <summary>A node and the sizes of what it takes. A size that is not known is null, a dimension that is not known
/// -1.</summary>
internal sealed record NodeShapes(SymbolNode Node, IReadOnlyList<long[]?> Inputs)
{
    public SymbolAttributes Attributes => Node.Attributes;

    public long[]? First => Input(0);

    public long[]? Input(int index) => index < Inputs.Count ? Inputs[index] : null;

    /// <summary>The index of an axis that may count from the end; null when <paramref name="size"/> has no such
    /// axis.</summary>
    public static int? Axis(long[] size, long axis)
    {
        var index = axis < 0 ? axis + size.Length : axis;
        return index >= 0 && index < size.Length ? (int)index : null;
    }

    /// <summary>A copy with one axis changed; null when there is no such axis.</summary>
    public static long[]? With(long[]? size, long axis, Func<long, long> change)
    {
        if (size is null || Axis(size, axis) is not { } index)
        {
            return null;
        }

        var copy = size.ToArray();
        copy[index] = change(copy[index]);
        return copy;
    }

    /// <summary>A product that stays unknown when a factor is, and becomes so when it does not fit.</summary>
    public static long Times(long left, long right) => Window.Product([left, right]);

    /// <summary>The axes that a reduction names, all when it names none; null when one does not exist.</summary>
    public static int[]? Axes(long[] size, IReadOnlyList<long>? named, bool exclude = false)
    {
        var all = Enumerable.Range(0, size.Length);
        if (named is not { Count: > 0 })
        {
            return exclude ? [] : [.. all];
        }

        var axes = named.Select(axis => Axis(size, axis)).ToList();
        if (axes.Contains(null))
        {
            return null;
        }

        return exclude ? [.. all.Where(axis => !axes.Contains(axis))] : [.. axes.Select(axis => axis!.Value).Distinct().Order()];
    }
}
