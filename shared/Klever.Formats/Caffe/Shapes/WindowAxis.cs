using Klever.Formats.Caffe.TextFormat;
using Klever.Formats.Shapes;

namespace Klever.Formats.Caffe.Shapes;

/// <summary>A window along one axis, in elements.</summary>
internal sealed record WindowAxis(long Kernel, long Stride, long Pad, long Dilation)
{
    /// <summary>Elements that the window spans once it is dilated.</summary>
    public long Covered => Window.Effective(Kernel, Dilation);

    /// <summary>The windows that a <c>convolution_param</c> or <c>pooling_param</c> gives; null for an axis without a
    /// usable one.</summary>
    public static IReadOnlyList<WindowAxis?> Read(TextMessage parameters, int axes)
    {
        var kernels = Values(parameters, "kernel_size", "kernel", axes, fallback: -1);
        var strides = Values(parameters, "stride", "stride", axes, fallback: 1);
        var pads = Values(parameters, "pad", "pad", axes, fallback: 0);
        var dilations = Values(parameters, "dilation", "dilation", axes, fallback: 1);
        return [.. Enumerable.Range(0, axes).Select(i => Usable(new(kernels[i], strides[i], pads[i], dilations[i])))];
    }

    // Two axes may be given apart (kernel_h, kernel_w); otherwise one value holds for all axes, or each has its own.
    private static long[] Values(TextMessage parameters, string name, string prefix, int axes, long fallback)
    {
        var repeated = parameters.Integers(name);
        if (axes == 2 && (parameters.Has(prefix + "_h") || parameters.Has(prefix + "_w")))
        {
            var both = repeated.Count > 0 ? repeated[0] : fallback;
            return [parameters.Integer(prefix + "_h") ?? both, parameters.Integer(prefix + "_w") ?? both];
        }

        return repeated.Count switch
        {
            0 => [.. Enumerable.Repeat(fallback, axes)],
            1 => [.. Enumerable.Repeat(repeated[0], axes)],
            _ when repeated.Count >= axes => [.. repeated.Take(axes)],
            _ => [.. Enumerable.Repeat(-1L, axes)],
        };
    }

    private static WindowAxis? Usable(WindowAxis axis) =>
        axis is { Kernel: >= 0 and <= int.MaxValue, Stride: > 0 and <= int.MaxValue, Pad: >= 0 and <= int.MaxValue }
            and { Dilation: > 0 and <= int.MaxValue }
            ? axis
            : null;
}
