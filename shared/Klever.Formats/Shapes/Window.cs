namespace Klever.Formats.Shapes;

/// <summary>Arithmetic of one spatial dimension under a sliding window. -1 is a dimension that is not known; it stays so.</summary>
internal static class Window
{
    public const long Unknown = -1;

    /// <summary>Pixels that a kernel of <paramref name="kernel"/> covers once it is dilated.</summary>
    public static long Effective(long kernel, long dilation) => (dilation * (kernel - 1)) + 1;

    /// <summary>floor((input + padding - window) / stride) + 1, with <paramref name="padding"/> of both sides together.</summary>
    public static long Floor(long input, long window, long stride, long padding) =>
        input == Unknown || stride <= 0 ? Unknown : Clamp(FloorDivide(input + padding - window, stride) + 1);

    /// <summary>ceil((input + padding - window) / stride) + 1, with <paramref name="padding"/> of both sides together.</summary>
    public static long Ceiling(long input, long window, long stride, long padding) =>
        input == Unknown || stride <= 0 ? Unknown : Clamp(-FloorDivide(-(input + padding - window), stride) + 1);

    /// <summary>ceil(input / stride): what "same" padding gives.</summary>
    public static long Same(long input, long stride) =>
        input == Unknown || stride <= 0 ? Unknown : -FloorDivide(-input, stride);

    /// <summary>The product of all dimensions; unknown as soon as one is, or when it does not fit.</summary>
    public static long Product(IEnumerable<long> dimensions)
    {
        var product = 1L;
        foreach (var dimension in dimensions)
        {
            if (dimension < 0 || (dimension > 0 && product > long.MaxValue / dimension))
            {
                return Unknown;
            }

            product *= dimension;
        }

        return product;
    }

    private static long Clamp(long size) => size < 0 ? Unknown : size;

    private static long FloorDivide(long dividend, long divisor)
    {
        var quotient = dividend / divisor;
        return dividend % divisor < 0 ? quotient - 1 : quotient;
    }
}
