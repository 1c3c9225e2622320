namespace Klever.Conversion.Tests.H5ToSavedModel.Evaluation;

/// <summary>Matrix products and convolutions.</summary>
internal static class Products
{
    public static Value Batch(Value left, Value right, bool leftTransposed, bool rightTransposed)
    {
        var (rows, inner) = leftTransposed ? (left.Shape[^1], left.Shape[^2]) : (left.Shape[^2], left.Shape[^1]);
        var columns = rightTransposed ? right.Shape[^2] : right.Shape[^1];
        Assert.Equal(inner, rightTransposed ? right.Shape[^1] : right.Shape[^2]);
        var rank = Math.Max(left.Rank, right.Rank);
        int[] batch = [.. Enumerable.Range(0, rank - 2).Select(axis => Math.Max(SizeOf(left, axis), SizeOf(right, axis)))];
        return Value.Generate([.. batch, rows, columns], position =>
        {
            var (row, column) = (position[rank - 2], position[rank - 1]);
            var (first, second) = (Batch(left, position), Batch(right, position));
            var sum = 0d;
            for (var k = 0; k < inner; k++)
            {
                sum += left[[.. first, .. leftTransposed ? [k, row] : (int[])[row, k]]]
                    * right[[.. second, .. rightTransposed ? [column, k] : (int[])[k, column]]];
            }

            return sum;
        });

        int SizeOf(Value value, int axis) => axis < rank - value.Rank ? 1 : value.Shape[axis - rank + value.Rank];

        int[] Batch(Value value, int[] position) =>
            [.. Enumerable.Range(0, value.Rank - 2).Select(axis => value.Shape[axis] == 1 ? 0 : position[axis + rank - value.Rank])];
    }

    /// <summary>Conv2D and Conv3D: kernel of spatial dimensions, inputs, outputs.</summary>
    public static IReadOnlyList<Value> Convolution(Node node, IReadOnlyList<Value> x)
    {
        var (input, kernel) = (x[0], x[1]);
        var (inputs, outputs) = (kernel.Shape[^2], kernel.Shape[^1]);
        Assert.Equal(input.Shape[^1], inputs);
        return [Slide(node, input, kernel, outputs, (result, source, target, tap) =>
        {
            for (var i = 0; i < inputs; i++)
            {
                var factor = input.Data[source + i];
                for (var o = 0; o < outputs; o++)
                {
                    result[target + o] += factor * kernel.Data[(((tap * inputs) + i) * outputs) + o];
                }
            }
        })];
    }

    /// <summary>Kernel of height, width, channels, multiplier.</summary>
    public static IReadOnlyList<Value> Depthwise(Node node, IReadOnlyList<Value> x)
    {
        var (input, kernel) = (x[0], x[1]);
        var (channels, multiplier) = (kernel.Shape[2], kernel.Shape[3]);
        return [Slide(node, input, kernel, channels * multiplier, (result, source, target, tap) =>
        {
            for (var i = 0; i < channels * multiplier; i++)
            {
                result[target + i] += input.Data[source + (i / multiplier)] * kernel.Data[(tap * channels * multiplier) + i];
            }
        })];
    }

    /// <summary>The gradient of a convolution of any rank: each input is spread over the output.</summary>
    public static IReadOnlyList<Value> Transposed(Node node, IReadOnlyList<Value> x)
    {
        var (shape, kernel, input) = (x[0].Integers, x[1], x[2]);
        var (strides, rank) = (node.Integers("strides")!, input.Rank - 2);
        var plans = Enumerable.Range(0, rank)
            .Select(i => Windows.Plan(shape[i + 1], kernel.Shape[i], strides[i + 1], node.Text("padding"))).ToArray();
        Assert.Equal(input.Shape.Skip(1).Take(rank), plans.Select(plan => plan.Length));
        var result = Value.Zeros(shape);
        var steps = result.Strides();
        Value.Generate([.. input.Shape, .. kernel.Shape.SkipLast(1)], p =>
        {
            var target = (p[0] * steps[0]) + p[^1];
            for (var i = 0; i < rank; i++)
            {
                var at = (p[i + 1] * strides[i + 1]) - plans[i].Before + p[rank + 2 + i];
                if (at < 0 || at >= shape[i + 1])
                {
                    return 0;
                }

                target += at * steps[i + 1];
            }

            result.Data[target] += input[p.AsSpan(0, rank + 2)] * kernel[[.. p.AsSpan(rank + 2), p[rank + 1]]];
            return 0;
        });
        return [result];
    }

    private static Value Slide(Node node, Value input, Value kernel, int outputs, Action<double[], int, int, int> add)
    {
        var rank = input.Rank - 2;
        var strides = node.Integers("strides")!;
        var dilations = node.Integers("dilations") ?? [.. strides.Select(_ => 1)];
        var plans = Enumerable.Range(0, rank).Select(i => Windows.Plan(
            input.Shape[i + 1], ((kernel.Shape[i] - 1) * dilations[i + 1]) + 1, strides[i + 1], node.Text("padding"))).ToArray();
        var result = Value.Zeros([input.Shape[0], .. plans.Select(plan => plan.Length), outputs]);
        var taps = Windows.Positions([.. kernel.Shape.Take(rank)]).ToList();
        var target = 0;
        foreach (var position in Windows.Positions([.. result.Shape.SkipLast(1)]))
        {
            for (var tap = 0; tap < taps.Count; tap++)
            {
                var source = position[0];
                var isInside = true;
                for (var i = 0; i < rank && isInside; i++)
                {
                    var at = (position[i + 1] * strides[i + 1]) - plans[i].Before + (taps[tap][i] * dilations[i + 1]);
                    isInside = at >= 0 && at < input.Shape[i + 1];
                    source = (source * input.Shape[i + 1]) + at;
                }

                if (isInside)
                {
                    add(result.Data, source * input.Shape[^1], target, tap);
                }
            }

            target += outputs;
        }

        return result;
    }
}
