namespace Klever.Conversion.Tests.MXNet.Evaluation;

/// <summary>A dense array of the plain evaluator, row-major.</summary>
internal sealed record Values(int[] Size, float[] Elements)
{
    public int Rank => Size.Length;

    public static int Count(IEnumerable<int> size) => size.Aggregate(1, (product, length) => product * length);

    /// <summary>An array computed place by place.</summary>
    public static Values Of(int[] size, Func<int[], float> element)
    {
        var elements = new float[Count(size)];
        var place = new int[size.Length];
        for (var i = 0; i < elements.Length; i++)
        {
            elements[i] = element(place);
            for (var axis = size.Length - 1; axis >= 0 && ++place[axis] == size[axis]; axis--)
            {
                place[axis] = 0;
            }
        }

        return new Values(size, elements);
    }

    /// <summary>The element at a place; axes of length one are spread, and axes before the first are passed over.</summary>
    public float At(IReadOnlyList<int> place)
    {
        var index = 0;
        var skipped = place.Count - Rank;
        for (var axis = 0; axis < Rank; axis++)
        {
            index = (index * Size[axis]) + (Size[axis] == 1 ? 0 : place[axis + skipped]);
        }

        return Elements[index];
    }

    public Values Map(Func<float, float> function) => new(Size, [.. Elements.Select(function)]);

    public Values Sized(params int[] size) => new(size, Elements);

    public int Axis(long axis) => (int)(axis < 0 ? axis + Rank : axis);

    public Values Transposed(int[] order) => Of(
        [.. order.Select(axis => Size[axis])],
        place =>
        {
            var source = new int[Rank];
            for (var i = 0; i < order.Length; i++)
            {
                source[order[i]] = place[i];
            }

            return At(source);
        });

    /// <summary>Puts each vector along an axis through a function.</summary>
    public Values Along(int axis, Func<float[], float[]> function)
    {
        var cache = new Dictionary<string, float[]>();
        return Of(Size, place =>
        {
            var fixedPlace = place.ToArray();
            fixedPlace[axis] = 0;
            var key = string.Join(',', fixedPlace);
            if (!cache.TryGetValue(key, out var result))
            {
                result = function([.. Enumerable.Range(0, Size[axis]).Select(i =>
                {
                    fixedPlace[axis] = i;
                    return At(fixedPlace);
                })]);
                cache[key] = result;
            }

            return result[place[axis]];
        });
    }

    /// <summary>Reduces axes, which stay with length one.</summary>
    public Values Reduced(int[] axes, Func<IEnumerable<float>, float> function)
    {
        int[] size = [.. Size.Select((length, axis) => axes.Contains(axis) ? 1 : length)];
        int[] inner = [.. Size.Select((length, axis) => axes.Contains(axis) ? length : 1)];
        return Of(size, place => function(Of(inner, offset => At([.. place.Zip(offset, (a, b) => a + b)])).Elements));
    }

    public static Values Spread(Values left, Values right, Func<float, float, float> function)
    {
        var rank = Math.Max(left.Rank, right.Rank);
        int[] size = [.. Enumerable.Range(1, rank).Select(i => Math.Max(Length(left, i), Length(right, i))).Reverse()];
        return Of(size, place => function(left.At(place), right.At(place)));

        static int Length(Values values, int fromEnd) => fromEnd <= values.Rank ? values.Size[^fromEnd] : 1;
    }
}
