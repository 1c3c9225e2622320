using Klever.Formats.MXNet;

namespace Klever.Conversion.Tests.MXNet.Evaluation;

/// <summary>Convolution and pooling of two-dimensional images, straight from their sums.</summary>
internal static class WindowDefinitions
{
    public static Values Convolution(SymbolAttributes a, Values[] x)
    {
        var (kernel, stride, pad, dilate) = Window(a);
        var (input, weight) = (x[0], x[1]);
        var group = (int)a.Integer("num_group", 1);
        var (perGroup, outPerGroup) = (weight.Size[1], weight.Size[0] / group);
        int[] size = [input.Size[0], weight.Size[0], Valid(input.Size[2], 0), Valid(input.Size[3], 1)];
        return Values.Of(size, p =>
        {
            var sum = a.Flag("no_bias", false) ? 0f : x[2].At([p[1]]);
            for (var c = 0; c < perGroup; c++)
            {
                for (var i = 0; i < kernel[0]; i++)
                {
                    for (var j = 0; j < kernel[1]; j++)
                    {
                        var (h, w) = ((p[2] * stride[0]) - pad[0] + (i * dilate[0]), (p[3] * stride[1]) - pad[1] + (j * dilate[1]));
                        if (h >= 0 && h < input.Size[2] && w >= 0 && w < input.Size[3])
                        {
                            sum += input.At([p[0], (p[1] / outPerGroup * perGroup) + c, h, w]) * weight.At([p[1], c, i, j]);
                        }
                    }
                }
            }

            return sum;
        });

        int Valid(int length, int axis) => ((length + (2 * pad[axis]) - (dilate[axis] * (kernel[axis] - 1)) - 1) / stride[axis]) + 1;
    }

    public static Values Deconvolution(SymbolAttributes a, Values[] x)
    {
        var (kernel, stride, pad, dilate) = Window(a);
        var adjust = Ints(a, "adj", 0);
        var (input, weight) = (x[0], x[1]);
        var group = (int)a.Integer("num_group", 1);
        var (inPerGroup, outPerGroup) = (input.Size[1] / group, weight.Size[1]);
        if (a.Integers("target_shape") is { } target)
        {
            for (var axis = 0; axis < 2; axis++)
            {
                var surplus = (stride[axis] * (input.Size[2 + axis] - 1)) + (dilate[axis] * (kernel[axis] - 1)) + 1 - (int)target[axis];
                (pad[axis], adjust[axis]) = ((surplus + 1) / 2, surplus % 2);
            }
        }

        var result = new float[input.Size[0], outPerGroup * group, Full(0), Full(1)];
        foreach (var (n, c, h, w) in Places(input.Size))
        {
            for (var o = 0; o < outPerGroup; o++)
            {
                for (var i = 0; i < kernel[0]; i++)
                {
                    for (var j = 0; j < kernel[1]; j++)
                    {
                        var (y, v) = ((h * stride[0]) - pad[0] + (i * dilate[0]), (w * stride[1]) - pad[1] + (j * dilate[1]));
                        if (y >= 0 && y < result.GetLength(2) && v >= 0 && v < result.GetLength(3))
                        {
                            result[n, (c / inPerGroup * outPerGroup) + o, y, v] += input.At([n, c, h, w]) * weight.At([c, o, i, j]);
                        }
                    }
                }
            }
        }

        int[] size = [.. Enumerable.Range(0, 4).Select(result.GetLength)];
        return Values.Of(size, p => result[p[0], p[1], p[2], p[3]] + (a.Flag("no_bias", true) ? 0 : x[2].At([p[1]])));

        int Full(int axis) =>
            (stride[axis] * (input.Size[2 + axis] - 1)) + (dilate[axis] * (kernel[axis] - 1)) + 1 - (2 * pad[axis]) + adjust[axis];
    }

    // pool.h: a window's mean is over what lies within the padded image, or with count_include_pad=False within the image.
    public static Values Pooling(SymbolAttributes a, Values x)
    {
        if (a.Flag("global_pool", false))
        {
            return x.Reduced([2, 3], v => a.Text("pool_type") switch { "avg" => v.Average(), "sum" => v.Sum(), _ => v.Max() });
        }

        var (kernel, stride, pad, _) = Window(a);
        var isFull = a.Text("pooling_convention") == "full";
        return Values.Of([x.Size[0], x.Size[1], Length(0), Length(1)], p =>
        {
            var (top, left) = ((p[2] * stride[0]) - pad[0], (p[3] * stride[1]) - pad[1]);
            var (bottom, right) = (Math.Min(top + kernel[0], x.Size[2] + pad[0]), Math.Min(left + kernel[1], x.Size[3] + pad[1]));
            var area = (bottom - top) * (right - left);
            var inside = (from h in Range(top, bottom, x.Size[2]) from w in Range(left, right, x.Size[3]) select x.At([p[0], p[1], h, w])).ToList();
            return a.Text("pool_type") switch
            {
                "avg" => inside.Sum() / (a.Flag("count_include_pad", true) ? area : inside.Count),
                "sum" => inside.Sum(),
                "lp" => MathF.Sqrt(inside.Sum(v => v * v)),
                _ => inside.Max(),
            };
        });

        int Length(int axis)
        {
            var span = x.Size[2 + axis] + (2 * pad[axis]) - kernel[axis];
            return ((isFull ? span + stride[axis] - 1 : span) / stride[axis]) + 1;
        }

        static IEnumerable<int> Range(int start, int end, int length) =>
            Enumerable.Range(start, end - start).Where(i => i >= 0 && i < length);
    }

    private static IEnumerable<(int N, int C, int H, int W)> Places(int[] size) =>
        from n in Enumerable.Range(0, size[0])
        from c in Enumerable.Range(0, size[1])
        from h in Enumerable.Range(0, size[2])
        from w in Enumerable.Range(0, size[3])
        select (n, c, h, w);

    private static (int[] Kernel, int[] Stride, int[] Pad, int[] Dilate) Window(SymbolAttributes a) =>
        (Ints(a, "kernel", 1), Ints(a, "stride", 1), Ints(a, "pad", 0), Ints(a, "dilate", 1));

    private static int[] Ints(SymbolAttributes a, string name, int fallback) =>
        a.Integers(name)?.Select(v => (int)v).ToArray() ?? [fallback, fallback];
}
