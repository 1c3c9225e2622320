using Klever.Formats.Keras.Operations;
using Klever.Formats.Shapes;

namespace Klever.Formats.Keras.Shapes;

/// <summary>A call of a function, as a shape rule sees it.</summary>
internal sealed record OperationSizes(KerasCall Call, KerasOperation Operation)
{
    /// <summary>The size of an argument: of a tensor, or of a constant.</summary>
    public IReadOnlyList<long>? Size(KerasArgument? argument) => argument switch
    {
        null => null,
        { Input: { } input } => input < Call.Inputs.Count ? Call.Inputs[input].Size : null,
        _ => argument.ConstantSize,
    };

    public IReadOnlyList<long>? Size(int position, params ReadOnlySpan<string> names) => Size(Operation.Find(position, names));

    /// <summary>What two arguments become when they are stretched to each other.</summary>
    public IReadOnlyList<long>? Broadcast(int first, int second) =>
        Stretched(Size(first, "x", "a", "x1"), Size(second, "y", "b", "x2", "bias", "other"));

    /// <summary>Sizes stretched to each other, as numpy does it: from the last dimension on.</summary>
    public static IReadOnlyList<long>? Stretched(IReadOnlyList<long>? left, IReadOnlyList<long>? right)
    {
        if (left is null || right is null)
        {
            return null;
        }

        var rank = Math.Max(left.Count, right.Count);
        return [.. Enumerable.Range(0, rank).Select(axis => Dimensions.Broadcast(At(left, axis), At(right, axis)))];

        long At(IReadOnlyList<long> size, int axis) => axis < rank - size.Count ? 1 : size[axis - rank + size.Count];
    }

    /// <summary>The product of dimensions, unknown when one is.</summary>
    public static long Product(IEnumerable<long> size) => Window.Product(size);
}
