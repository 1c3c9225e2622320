using Klever.Formats.Caffe.TextFormat;
using Klever.Formats.Shapes;

namespace Klever.Formats.Caffe.Shapes;

/// <summary>Caffe's <c>Reshape</c>: replaces <c>num_axes</c> axes from <c>axis</c> on; 0 copies a dimension, -1 takes
/// what is left.</summary>
internal static class ReshapeRule
{
    public static long[]? Of(long[]? input, TextMessage parameters)
    {
        var wanted = parameters.Message("shape").Integers("dim");
        if (input is null)
        {
            return WithoutInput(wanted, parameters);
        }

        var axis = parameters.Integer("axis") ?? 0;
        var start = axis < 0 ? axis + input.Length + 1 : axis;
        var count = parameters.Integer("num_axes") ?? -1;
        var end = count < 0 ? input.Length : start + count;
        if (start < 0 || start > input.Length || end > input.Length)
        {
            return null;
        }

        var replaced = input[(int)start..(int)end];
        var sizes = wanted.Select((size, index) => size == 0 ? Copied(replaced, index) : size).ToArray();
        Infer(sizes, wanted, replaced);
        return [.. input[..(int)start], .. sizes, .. input[(int)end..]];
    }

    private static long[]? WithoutInput(IReadOnlyList<long> wanted, TextMessage parameters) =>
        parameters.Has("axis") || parameters.Has("num_axes") || wanted.Count == 0
            ? null
            : [.. wanted.Select(size => size > 0 ? size : -1)];

    private static long Copied(long[] replaced, int index) => index < replaced.Length ? replaced[index] : -1;

    private static void Infer(long[] sizes, IReadOnlyList<long> wanted, long[] replaced)
    {
        for (var i = 0; i < sizes.Length; i++)
        {
            if (wanted[i] != -1)
            {
                continue;
            }

            // Dimensions that are copied cancel out, so one that is not known does no harm.
            var total = Window.Product(replaced.Where((_, index) => index >= wanted.Count || wanted[index] != 0));
            var rest = Window.Product(sizes.Where((_, index) => index != i && wanted[index] != 0));
            sizes[i] = total >= 0 && rest > 0 && total % rest == 0 ? total / rest : -1;
        }
    }
}
