namespace Klever.Formats.NetDef.Inference;

/// <summary>The arguments of a sliding window, in the three ways in which Caffe2 spells them (conv_pool_op_base.h):
/// <c>kernel</c>,
/// <c>kernel_h</c> and <c>kernel_w</c>, <c>kernels</c>.</summary>
/// <param name="axes">Spatial axes: 1, 2 or 3.</param>
internal sealed class WindowArguments(NetOperator operation, int axes)
{
    public const long LegacyValid = 1;
    public const long LegacySame = 2;
    public const long LegacyCaffe = 3;

    private static readonly string[] Suffixes = ["_h", "_w"];

    // Top, left, bottom, right.
    private static readonly string[] Sides = ["t", "l", "b", "r"];

    public IReadOnlyList<long> Kernel { get; } = Read(operation, axes, "kernel", otherwise: 0);

    public IReadOnlyList<long> Stride { get; } = Read(operation, axes, "stride", otherwise: 1);

    public IReadOnlyList<long> Dilation { get; } = Read(operation, axes, "dilation", otherwise: 1);

    /// <summary>Added to the result of a transposed convolution at its end.</summary>
    public IReadOnlyList<long> Adjustment { get; } = Read(operation, axes, "adj", otherwise: 0);

    /// <summary>Beginnings of all axes, then their ends.</summary>
    public IReadOnlyList<long> Padding { get; } = ReadPadding(operation, axes);

    /// <summary>0 for the rules of today, else one of the constants.</summary>
    public long LegacyPadding { get; } = operation.Integer("legacy_pad");

    public long TotalPadding(int axis) => Padding[axis] + Padding[axes + axis];

    private static List<long> Read(NetOperator operation, int axes, string name, long otherwise)
    {
        var list = operation.Integers(name + "s");
        if (list.Count == axes)
        {
            return [.. list];
        }

        var all = operation.Integer(name, otherwise);
        return [.. Enumerable.Range(0, axes).Select(
            axis => axes == Suffixes.Length ? operation.Integer(name + Suffixes[axis], all) : all)];
    }

    private static List<long> ReadPadding(NetOperator operation, int axes)
    {
        var list = operation.Integers("pads");
        if (list.Count == 2 * axes)
        {
            return [.. list];
        }

        var all = operation.Integer("pad");
        return axes == Suffixes.Length
            ? [.. Sides.Select(side => operation.Integer($"pad_{side}", all))]
            : [.. Enumerable.Repeat(all, 2 * axes)];
    }
}
