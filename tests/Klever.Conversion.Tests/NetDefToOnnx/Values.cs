namespace Klever.Conversion.Tests.NetDefToOnnx;

/// <summary>A tensor in memory, row-major.</summary>
internal sealed record Values(long[] Size, float[] Data)
{
    public int Rank => Size.Length;

    /// <summary>Numbers between -1 and 1 that are the same each time.</summary>
    public static Values Random(int seed, params long[] size)
    {
        var random = new Random(seed);
        return Fill(size, _ => (float)((random.NextDouble() * 2) - 1));
    }

    /// <param name="value">Of an index of as many numbers as there are dimensions.</param>
    public static Values Fill(long[] size, Func<long[], double> value)
    {
        var data = new float[size.Aggregate(1L, (product, length) => product * length)];
        var index = new long[size.Length];
        for (var i = 0; i < data.Length; i++)
        {
            var rest = (long)i;
            for (var axis = size.Length - 1; axis >= 0; axis--)
            {
                index[axis] = rest % size[axis];
                rest /= size[axis];
            }

            data[i] = (float)value(index);
        }

        return new Values(size, data);
    }

    public float this[params long[] index]
    {
        get
        {
            var place = 0L;
            for (var axis = 0; axis < Size.Length; axis++)
            {
                place = (place * Size[axis]) + index[axis];
            }

            return Data[place];
        }
    }

    public Values Map(Func<float, double> value) => new(Size, [.. Data.Select(x => (float)value(x))]);

    public Values Reshape(params long[] size) => new(size, Data);
}
