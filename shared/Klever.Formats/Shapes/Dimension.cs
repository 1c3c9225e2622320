namespace Klever.Formats.Shapes;

/// <summary>A dimension, or an element of a shape that a graph computes, while shapes are inferred: a number, a symbol
/// (a length that is not known, but is the same wherever it stands), or unknown.</summary>
/// <remarks>-1 cannot mean unknown here: in the shape that a Reshape is given it means "the rest".</remarks>
internal static class Dimension
{
    public const long Unknown = long.MinValue;

    private const long GreatestSymbol = long.MinValue / 2;

    /// <summary>Symbols number from 0.</summary>
    public static long Symbol(int number) => Unknown + 1 + number;

    public static bool IsKnown(long dimension) => dimension > GreatestSymbol;

    public static bool IsSymbol(long dimension) => dimension is > Unknown and <= GreatestSymbol;

    /// <summary>A dimension as a signature writes it.</summary>
    public static long ToSize(long dimension) => dimension < 0 ? Window.Unknown : dimension;

    public static long Add(long left, long right) => (left, right) switch
    {
        (0, _) => right,
        (_, 0) => left,
        _ when IsSmall(left) && IsSmall(right) => left + right,
        _ => Unknown,
    };

    public static long Subtract(long left, long right) => (left, right) switch
    {
        (_, 0) => left,
        _ when left == right && IsSymbol(left) => 0,
        _ when IsSmall(left) && IsSmall(right) => left - right,
        _ => Unknown,
    };

    public static long Multiply(long left, long right) => (left, right) switch
    {
        (0, _) or (_, 0) => 0,
        (1, _) => right,
        (_, 1) => left,
        _ when IsSmall(left) && IsSmall(right) && IsSmall((Int128)left * right) => left * right,
        _ => Unknown,
    };

    /// <summary>Rounds down.</summary>
    public static long Divide(long left, long right)
    {
        if (right == 1)
        {
            return left;
        }

        if (right == 0 || !IsSmall(left) || !IsSmall(right))
        {
            return Unknown;
        }

        var quotient = Math.DivRem(left, right, out var rest);
        return rest != 0 && (rest < 0) != (right < 0) ? quotient - 1 : quotient;
    }

    /// <summary>Place of an axis that may count from the end; -1 when it is not known or outside of the rank.</summary>
    public static int Axis(long axis, int rank) =>
        axis >= 0 && axis < rank ? (int)axis : axis < 0 && axis >= -rank ? (int)(axis + rank) : -1;

    /// <summary>The product of some lengths by that of others, where what is unknown but the same on both sides does
    /// not matter.</summary>
    public static long Quotient(IReadOnlyList<long> dividends, IReadOnlyList<long> divisors)
    {
        var left = dividends.ToList();
        var right = divisors.Where(divisor => !IsSymbol(divisor) || !left.Remove(divisor)).ToList();
        var dividend = left.Aggregate(1L, Multiply);
        var divisor = right.Aggregate(1L, Multiply);
        if (divisor == 1 || (IsKnown(dividend) && divisor > 0 && dividend % divisor == 0))
        {
            return Divide(dividend, divisor);
        }

        // The batch times a constant by that constant is the batch.
        var unknown = left.FindAll(length => !IsKnown(length));
        return unknown.Count == 1 && left.Where(IsKnown).Aggregate(1L, Multiply) == divisor ? unknown[0] : Unknown;
    }

    /// <summary>What two lengths that are the same must be; unknown when they contradict each other.</summary>
    public static long Merge(long left, long right) => left == right ? left
        : IsKnown(left) && !IsKnown(right) ? left
        : IsKnown(right) && !IsKnown(left) ? right
        : Unknown;

    // Sums of small numbers do not overflow.
    private static bool IsSmall(Int128 number) => number > GreatestSymbol / 2 && number < long.MaxValue / 4;
}
