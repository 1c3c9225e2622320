using Klever.Formats.NetDef;

namespace Klever.Conversion.Tests.NetDefToOnnx;

/// <summary>Convolution and pooling over one, two or three axes, without padding.</summary>
internal static class AnyAxesEvaluator
{
    public static Values Convolve(NetOperator operation, Values[] x)
    {
        var (input, weights, stride) = (x[0], x[1], operation.Integer("stride", 1));
        var cells = Cells(weights.Size[1..]).ToList();
        return Values.Fill(
            [input.Size[0], weights.Size[0], .. Windows(input, weights.Size[2..], stride)],
            i => x[2].Data[i[1]] + cells.Sum(cell => weights[[i[1], .. cell]] * input[[i[0], cell[0], .. Moved(i, cell[1..], stride)]]));
    }

    public static Values Pool(NetOperator operation, Values x, Func<IEnumerable<float>, float> value)
    {
        var (stride, axes) = (operation.Integer("stride", 1), x.Rank - 2);
        var kernel = Enumerable.Repeat(operation.Integer("kernel"), axes).ToArray();
        var cells = Cells(kernel).ToList();
        return Values.Fill(
            [x.Size[0], x.Size[1], .. Windows(x, kernel, stride)],
            i => value(cells.Select(cell => x[[i[0], i[1], .. Moved(i, cell, stride)]])));
    }

    private static IEnumerable<long> Windows(Values x, long[] kernel, long stride) =>
        kernel.Select((length, axis) => ((x.Size[axis + 2] - length) / stride) + 1);

    private static IEnumerable<long> Moved(long[] window, long[] cell, long stride) =>
        cell.Select((place, axis) => (window[axis + 2] * stride) + place);

    private static IEnumerable<long[]> Cells(long[] size) => size.Length == 0
        ? [[]]
        : Cells(size[..^1]).SelectMany(first => Enumerable.Range(0, (int)size[^1]).Select(last => (long[])[.. first, last]));
}
