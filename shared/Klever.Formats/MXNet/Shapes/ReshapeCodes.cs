using Klever.Formats.Shapes;

namespace Klever.Formats.MXNet.Shapes;

/// <summary>The codes of MXNet's <c>Reshape</c> (<c>matrix_op-inl.h</c>, <c>InferReshapeShape</c>): 0 copies a
/// dimension, -1 takes
/// what is left, -2 copies the rest, -3 joins two, -4 splits one into the two that follow.</summary>
internal static class ReshapeCodes
{
    /// <summary>The codes of <c>npx.reshape</c> as those of Reshape; null when one has no counterpart: -3, which leaves out
    /// an axis of one, and 0, which is an array without elements.</summary>
    public static IReadOnlyList<long>? OfNumpy(IReadOnlyList<long> codes)
    {
        long?[] translated = [.. codes.Select(code => code switch
        {
            > 0 or -1 => code,
            -2 => 0,
            -4 => -2,
            -5 => -3,
            -6 => -4,
            _ => (long?)null,
        })];
        return translated.Contains(null) ? null : [.. translated.Select(code => code!.Value)];
    }

    /// <returns>Null when the codes do not fit the input.</returns>
    public static long[]? Apply(long[]? input, IReadOnlyList<long> codes, bool reverse)
    {
        if (input is null)
        {
            return codes.All(code => code is > 0 or -1) ? [.. codes] : null;
        }

        if (!reverse)
        {
            return Forward(input, [.. codes]);
        }

        var flipped = Forward([.. input.Reverse()], [.. codes.Reverse()]);
        return flipped is null ? null : [.. flipped.Reverse()];
    }

    private static long[]? Forward(long[] input, long[] codes)
    {
        var output = new List<long>();
        var source = 0;
        var unknown = -1;
        for (var i = 0; i < codes.Length; i++)
        {
            switch (codes[i])
            {
                case 0 when source < input.Length:
                    output.Add(input[source++]);
                    break;
                case -1 when unknown < 0:
                    unknown = output.Count;
                    output.Add(-1);
                    source++;
                    break;
                case -2:
                    output.AddRange(input[Math.Min(source, input.Length)..]);
                    source = input.Length;
                    break;
                case -3 when source + 1 < input.Length:
                    output.Add(NodeShapes.Times(input[source], input[source + 1]));
                    source += 2;
                    break;
                case -4 when source < input.Length && i + 2 < codes.Length:
                    output.AddRange(Split(input[source++], codes[i + 1], codes[i + 2]));
                    i += 2;
                    break;
                case > 0:
                    output.Add(codes[i]);
                    source++;
                    break;
                default:
                    return null;
            }
        }

        return unknown < 0 ? [.. output] : Infer(input, output, codes, unknown);
    }

    private static long[] Split(long size, long left, long right) =>
        left < 0 ? [Divide(size, right), right]
        : right < 0 ? [left, Divide(size, left)]
        : [left, right];

    // A dimension that is not known but only copied, such as the batch, is on both sides and cancels out.
    private static long[] Infer(long[] input, List<long> output, long[] codes, int unknown)
    {
        output[unknown] = 1;
        var copiesOnly = codes.All(code => code is 0 or -1 or -2 or > 0);
        var (from, to) = copiesOnly && input.Count(size => size < 0) == output.Count(size => size < 0)
            ? (input.Where(size => size >= 0), output.Where(size => size >= 0))
            : (input, (IEnumerable<long>)output);
        output[unknown] = Divide(Window.Product([.. from]), Window.Product([.. to]));
        return [.. output];
    }

    private static long Divide(long size, long divisor) => size >= 0 && divisor > 0 && size % divisor == 0 ? size / divisor : -1;
}
