namespace Klever.Conversion.Tests.H5ToSavedModel.Evaluation;

/// <summary>A tensor of the evaluator. Integers are held as doubles too; a tensor list is a list of values.</summary>
internal sealed record Value(int[] Shape, double[] Data, List<Value>? List = null)
{
    public int Rank => Shape.Length;

    public double Scalar => Data[0];

    public int[] Integers => [.. Data.Select(d => (int)d)];

    public static Value Zeros(int[] shape) => new(shape, new double[shape.Aggregate(1, (a, b) => a * b)]);

    public static Value Of(params double[] data) => new([data.Length], data);

    public Value Map(Func<double, double> function) => new(Shape, [.. Data.Select(function)]);

    /// <summary>Elements between neighbours along each axis.</summary>
    public int[] Strides()
    {
        var strides = new int[Rank];
        for (int i = Rank - 1, step = 1; i >= 0; step *= Shape[i--])
        {
            strides[i] = step;
        }

        return strides;
    }

    /// <summary>A tensor of another shape, each element found by its position.</summary>
    public static Value Generate(int[] shape, Func<int[], double> element)
    {
        var result = Zeros(shape);
        var position = new int[shape.Length];
        for (var i = 0; i < result.Data.Length; i++)
        {
            result.Data[i] = element(position);
            for (var axis = shape.Length - 1; axis >= 0 && ++position[axis] == shape[axis]; axis--)
            {
                position[axis] = 0;
            }
        }

        return result;
    }

    public double this[params ReadOnlySpan<int> position]
    {
        get
        {
            var index = 0;
            for (var axis = 0; axis < Rank; axis++)
            {
                index = (index * Shape[axis]) + position[axis];
            }

            return Data[index];
        }
    }
}
