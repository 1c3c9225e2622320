using Klever.Formats.Caffe.TextFormat;
using Klever.Formats.Shapes;

namespace Klever.Formats.Caffe.Shapes;

/// <summary>A layer and the sizes of what it takes. A size that is not known is null, a dimension that is not known
/// -1.</summary>
internal sealed record LayerShapes(CaffeLayer Layer, IReadOnlyList<long[]?> Bottoms)
{
    public long[]? First => Bottom(0);

    public long[]? Bottom(int index) => index < Bottoms.Count ? Bottoms[index] : null;

    public TextMessage Parameter(string name) => Layer.Parameters.Message(name);

    /// <summary>The same size for every top.</summary>
    public long[]?[] Every(long[]? shape) => [.. Layer.Tops.Select(_ => shape)];

    /// <summary>The index of an axis that may count from the end; null when <paramref name="shape"/> has no such
    /// axis.</summary>
    public static int? Axis(long[] shape, long axis)
    {
        var index = axis < 0 ? axis + shape.Length : axis;
        return index >= 0 && index < shape.Length ? (int)index : null;
    }

    /// <summary>A copy with one axis changed; null when there is no such axis.</summary>
    public static long[]? With(long[]? shape, long axis, Func<long, long> change)
    {
        if (shape is null || Axis(shape, axis) is not { } index)
        {
            return null;
        }

        var copy = shape.ToArray();
        copy[index] = change(copy[index]);
        return copy;
    }

    /// <summary>A product that stays unknown when a factor is, and becomes so when it does not fit.</summary>
    public static long Times(long left, long right) => Window.Product([left, right]);
}
