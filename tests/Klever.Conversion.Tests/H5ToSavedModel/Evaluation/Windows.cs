namespace Klever.Conversion.Tests.H5ToSavedModel.Evaluation;

/// <summary>Windows over images of any number of spatial dimensions (channels last), and resizing.</summary>
internal static class Windows
{
    /// <summary>Length of the output and padding in front, for one spatial dimension.</summary>
    public static (int Length, int Before) Plan(int size, int window, int stride, string padding)
    {
        if (padding == "VALID")
        {
            return ((size - window) / stride + 1, 0);
        }

        var length = (size + stride - 1) / stride;
        return (length, Math.Max(((length - 1) * stride) + window - size, 0) / 2);
    }

    /// <summary>The positions of a kernel, in order.</summary>
    public static IEnumerable<int[]> Positions(int[] sizes)
    {
        var count = sizes.Aggregate(1, (a, b) => a * b);
        for (var i = 0; i < count; i++)
        {
            var position = new int[sizes.Length];
            for (int axis = sizes.Length - 1, rest = i; axis >= 0; rest /= sizes[axis--])
            {
                position[axis] = rest % sizes[axis];
            }

            yield return position;
        }
    }

    public static Value Pool(Node node, Value value, Func<List<double>, double> function)
    {
        var (sizes, strides) = (node.Integers("ksize")!, node.Integers("strides")!);
        var rank = value.Rank - 2;
        var plans = Enumerable.Range(1, rank).Select(i => Plan(value.Shape[i], sizes[i], strides[i], node.Text("padding"))).ToArray();
        var kernel = Positions([.. sizes.Skip(1).Take(rank)]).ToList();
        return Value.Generate([value.Shape[0], .. plans.Select(plan => plan.Length), value.Shape[^1]], position =>
        {
            var inside = new List<double>();
            foreach (var offset in kernel)
            {
                int[] source = [.. position];
                for (var i = 0; i < rank; i++)
                {
                    source[i + 1] = (position[i + 1] * strides[i + 1]) - plans[i].Before + offset[i];
                }

                if (Enumerable.Range(1, rank).All(i => source[i] >= 0 && source[i] < value.Shape[i]))
                {
                    inside.Add(value[source]);
                }
            }

            return function(inside);
        });
    }

    public static Value Nearest(Value value, int[] size) => Value.Generate(
        [value.Shape[0], size[0], size[1], value.Shape[3]],
        p => value[p[0], p[1] * value.Shape[1] / size[0], p[2] * value.Shape[2] / size[1], p[3]]);

    public static Value Bilinear(Value value, int[] size, bool hasPixelCenters)
    {
        return Value.Generate([value.Shape[0], size[0], size[1], value.Shape[3]], p =>
        {
            var (top, bottom, down) = Between(p[1], value.Shape[1], size[0]);
            var (left, right, across) = Between(p[2], value.Shape[2], size[1]);
            var upper = (value[p[0], top, left, p[3]] * (1 - across)) + (value[p[0], top, right, p[3]] * across);
            var lower = (value[p[0], bottom, left, p[3]] * (1 - across)) + (value[p[0], bottom, right, p[3]] * across);
            return (upper * (1 - down)) + (lower * down);
        });

        (int Low, int High, double Part) Between(int position, int from, int to)
        {
            var scale = (double)from / to;
            var at = hasPixelCenters ? ((position + 0.5) * scale) - 0.5 : position * scale;
            var low = Math.Max((int)Math.Floor(at), 0);
            return (low, Math.Min((int)Math.Floor(at) + 1, from - 1), Math.Max(at, 0) - low);
        }
    }

    /// <summary>Each window without padding, its elements in the last dimension.</summary>
    public static Value Patches(Value value, IReadOnlyList<int> sizes, IReadOnlyList<int> strides)
    {
        var channels = value.Shape[3];
        int[] shape =
        [
            value.Shape[0], ((value.Shape[1] - sizes[1]) / strides[1]) + 1, ((value.Shape[2] - sizes[2]) / strides[2]) + 1,
            sizes[1] * sizes[2] * channels,
        ];
        return Value.Generate(shape, at => value[
            at[0], (at[1] * strides[1]) + (at[3] / channels / sizes[2]), (at[2] * strides[2]) + (at[3] / channels % sizes[2]), at[3] % channels]);
    }
}
