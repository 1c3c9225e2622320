using Klever.Formats.Shapes;

namespace Klever.Formats.MXNet.Shapes;

/// <summary>A window along one axis, in elements.</summary>
internal sealed record SymbolWindow(long Kernel, long Stride, long Pad, long Dilation)
{
    public long Covered => Window.Effective(Kernel, Dilation);

    /// <summary>The windows that a node gives for its spatial axes; null for an axis without a usable one.</summary>
    public static IReadOnlyList<SymbolWindow?> Read(SymbolAttributes attributes, int axes)
    {
        var kernel = Values(attributes, "kernel", axes, fallback: 1);
        var stride = Values(attributes, "stride", axes, fallback: 1);
        var pad = Values(attributes, "pad", axes, fallback: 0);
        var dilation = Values(attributes, "dilate", axes, fallback: 1);
        return [.. Enumerable.Range(0, axes).Select(i => Usable(new(kernel[i], stride[i], pad[i], dilation[i])))];
    }

    private static long[] Values(SymbolAttributes attributes, string name, int axes, long fallback)
    {
        var given = attributes.Integers(name);
        return given is not { Count: > 0 } ? [.. Enumerable.Repeat(fallback, axes)]
            : given.Count >= axes ? [.. given.Take(axes)]
            : [.. Enumerable.Repeat(-1L, axes)];
    }

    private static SymbolWindow? Usable(SymbolWindow window) =>
        window is { Kernel: >= 0 and <= int.MaxValue, Stride: > 0 and <= int.MaxValue, Pad: >= 0 and <= int.MaxValue }
            and { Dilation: > 0 and <= int.MaxValue }
            ? window
            : null;
}
