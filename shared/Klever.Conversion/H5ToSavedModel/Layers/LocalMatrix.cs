using Klever.Conversion.H5ToSavedModel.TensorFlow;

namespace Klever.Conversion.H5ToSavedModel.Layers;

/// <summary>A locally connected layer as one matrix from the whole image to the whole output, zero where they do not touch.</summary>
/// <param name="Input">Dimensions of the image, channels last; likewise of the output.</param>
internal sealed record LocalMatrix(KerasEmission Layer, ConvolutionWindow Window, long[] Input, long[] Output)
{
    /// <summary>Elements of the matrix.</summary>
    private const long MaximumElements = 1L << 26;

    private long Rows => (long)Product(Input);

    private long Columns => (long)Product(Output);

    public static LocalMatrix Of(KerasEmission layer, ConvolutionWindow window, long[] output) =>
        new(layer, window, [.. Enumerable.Range(1, layer.Rank - 1).Select(layer.Known)], output);

    /// <param name="isSparse">Whether the file has only what is not zero, ordered by output and input.</param>
    public string Emit(bool isSparse)
    {
        if (Product(Input) > MaximumElements || Product(Output) > MaximumElements || Product(Input) * Product(Output) > MaximumElements)
        {
            throw Layer.Refuse($"its matrix would have {Product(Input)} times {Product(Output)} elements");
        }

        long[] expected = isSparse ? [Elements()] : [.. Input, .. Output];
        Layer.Weights.Require(0, "kernel", expected);
        var kernel = Layer.Weights.Derived("kernel", () => TfTensor.Computed(
            [Rows, Columns], () => Fill(Layer.Weights.Values(0, "kernel", expected), isSparse)));
        var ops = Layer.Ops;
        return ops.Reshape(ops.MatMul(ops.Reshape(Layer.Input, -1, Rows), kernel), [-1, .. Output]);
    }

    private float[] Fill(float[] values, bool isSparse)
    {
        var matrix = new float[Rows * Columns];
        var next = 0;
        foreach (var (column, rows) in Connections())
        {
            foreach (var row in rows)
            {
                var index = (row * Columns) + column;
                matrix[index] = values[isSparse ? next++ : index];
            }
        }

        return matrix;
    }

    // Along each axis, how many positions all places see together.
    private long Elements() => Enumerable.Range(0, Window.Rank).Aggregate(Input[^1] * Output[^1], (product, axis) => product * Range(0, Output[axis])
        .Select(place => Seen(axis, place))
        .Sum(seen => Math.Max(0, seen.End - seen.Start)));

    private static Int128 Product(long[] sizes) => sizes.Aggregate((Int128)1, (product, size) => product > MaximumElements ? product : product * size);

    // Each element of the output with the elements of the input that it sees, both in their order.
    private IEnumerable<(long Column, List<long> Rows)> Connections()
    {
        var filters = Output[^1];
        for (var column = 0L; column < Columns; column++)
        {
            var place = column / filters;
            List<long> rows = [0];
            var places = new long[Window.Rank];
            for (var axis = Window.Rank - 1; axis >= 0; axis--)
            {
                places[axis] = place % Output[axis];
                place /= Output[axis];
            }

            for (var axis = 0; axis < Window.Rank; axis++)
            {
                var (start, end) = Seen(axis, places[axis]);
                rows = [.. rows.SelectMany(row => Range(start, end).Select(position => (row * Input[axis]) + position))];
            }

            yield return (column, [.. rows.SelectMany(row => Range(0, Input[^1]).Select(channel => (row * Input[^1]) + channel))]);
        }
    }

    // With padding the window stands around its centre.
    private (long Start, long End) Seen(int axis, long place)
    {
        var begin = place * Window.Strides[axis];
        var before = Window.Padding == "same" ? Window.Kernel[axis] / 2 : 0;
        return (Math.Max(0, begin - before), Math.Min(Input[axis], begin - before + Window.Kernel[axis]));
    }

    private static IEnumerable<long> Range(long start, long end)
    {
        for (var i = start; i < end; i++)
        {
            yield return i;
        }
    }
}
