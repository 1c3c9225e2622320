using Klever.Formats.Shapes;

namespace Klever.Formats.Keras.Shapes;

/// <summary>Small steps that the shape rules share. A size is a list of dimensions, -1 unknown; null is an unknown
/// number of them.</summary>
internal static class Dimensions
{
    public static readonly IReadOnlyList<IReadOnlyList<long>?> Nothing = [null];

    public static IReadOnlyList<IReadOnlyList<long>?> One(IReadOnlyList<long>? size) => [size];

    /// <summary>The size with another last dimension.</summary>
    public static IReadOnlyList<long>? WithLast(IReadOnlyList<long>? size, long? last) =>
        size is null || size.Count == 0 ? null : [.. size.Take(size.Count - 1), last ?? Window.Unknown];

    /// <summary>The position of an axis that may count from the end, or null when it is outside.</summary>
    public static int? Axis(long axis, int rank)
    {
        var position = axis < 0 ? axis + rank : axis;
        return position >= 0 && position < rank ? (int)position : null;
    }

    /// <summary>Batch, then spatial dimensions and channels in the order of the layout.</summary>
    public static IReadOnlyList<long> Image(
        long batch, IEnumerable<long> spatial, long channels, bool isChannelsFirst) =>
        isChannelsFirst ? [batch, channels, .. spatial] : [batch, .. spatial, channels];

    /// <summary>Takes an image of a known number of spatial dimensions apart; all unknown when its rank is.</summary>
    public static (long Batch, long[] Spatial, long Channels)? Parts(
        IReadOnlyList<long>? size, int spatial, bool isChannelsFirst)
    {
        if (size is null)
        {
            return (Window.Unknown, [.. Enumerable.Repeat(Window.Unknown, spatial)], Window.Unknown);
        }

        if (size.Count != spatial + 2)
        {
            return null;
        }

        return isChannelsFirst
            ? (size[0], [.. size.Skip(2)], size[1])
            : (size[0], [.. size.Skip(1).Take(spatial)], size[^1]);
    }

    /// <summary>What two dimensions become when one is stretched to the other; unknown as soon as one is.</summary>
    public static long Broadcast(long left, long right) =>
        left == 1
            ? right
            : right == 1
                ? left
                : left == Window.Unknown || right == Window.Unknown ? Window.Unknown : Math.Max(left, right);

    /// <summary>dimension * factor, unknown when one is or when it does not fit.</summary>
    public static long Times(long dimension, long factor) => Window.Product([dimension, factor]);

    /// <summary>dimension + count, unknown when the dimension is, or when nothing would be left.</summary>
    public static long Plus(long dimension, long count) =>
        dimension == Window.Unknown || dimension + count < 0 ? Window.Unknown : dimension + count;
}
