namespace Klever.Conversion.Tests.H5ToSavedModel.Evaluation;

/// <summary>Operations that move elements.</summary>
internal static class Arrangements
{
    public static Value Reshape(Value value, int[] shape)
    {
        var known = shape.Where(size => size >= 0).Aggregate(1, (a, b) => a * b);
        int[] full = [.. shape.Select(size => size < 0 ? value.Data.Length / known : size)];
        Assert.Equal(value.Data.Length, full.Aggregate(1, (a, b) => a * b));
        return value with { Shape = full };
    }

    public static Value Transpose(Value value, int[] order)
    {
        var source = new int[order.Length];
        return Value.Generate([.. order.Select(axis => value.Shape[axis])], position =>
        {
            for (var i = 0; i < order.Length; i++)
            {
                source[order[i]] = position[i];
            }

            return value[source];
        });
    }

    public static Value Pad(Value value, int[] borders)
    {
        int[] shape = [.. value.Shape.Select((size, axis) => size + borders[2 * axis] + borders[(2 * axis) + 1])];
        return Value.Generate(shape, position =>
        {
            int[] source = [.. position.Select((p, axis) => p - borders[2 * axis])];
            return source.Where((p, axis) => p < 0 || p >= value.Shape[axis]).Any() ? 0 : value[source];
        });
    }

    public static Value Slice(Node node, IReadOnlyList<Value> x)
    {
        var (value, begin, end) = (x[0], x[1].Integers, x[2].Integers);
        var openEnds = node.Integer("end_mask");
        int[] from = [.. value.Shape.Select((size, axis) => axis < begin.Length ? (begin[axis] < 0 ? begin[axis] + size : begin[axis]) : 0)];
        int[] shape = [.. value.Shape.Select((size, axis) => Stop(axis, size) - from[axis])];
        var result = Value.Generate(shape, position => value[[.. position.Select((p, axis) => p + from[axis])]]);
        return node.Integer("shrink_axis_mask") == 1 ? result with { Shape = [.. shape.Skip(1)] } : result;

        int Stop(int axis, int size) =>
            axis >= end.Length || (openEnds & (1 << axis)) != 0 ? size : end[axis] < 0 ? end[axis] + size : Math.Min(end[axis], size);
    }

    public static Value Pack(IReadOnlyList<Value> values, int axis)
    {
        var shape = values[0].Shape.ToList();
        shape.Insert(axis, values.Count);
        return Value.Generate([.. shape], position => values[position[axis]][[.. position.Where((_, i) => i != axis)]]);
    }

    public static IReadOnlyList<Value> Split(Value value, int axis, int count, bool dropsAxis)
    {
        var size = value.Shape[axis] / count;
        Assert.Equal(value.Shape[axis], size * count);
        return [.. Enumerable.Range(0, count).Select(part =>
        {
            int[] shape = [.. value.Shape.Select((length, i) => i == axis ? size : length)];
            var result = Value.Generate(shape, position => value[[.. position.Select((p, i) => i == axis ? p + (part * size) : p)]]);
            return dropsAxis ? result with { Shape = [.. shape.Where((_, i) => i != axis)] } : result;
        })];
    }

    public static Value Concat(IReadOnlyList<Value> values, int axis)
    {
        int[] shape = [.. values[0].Shape.Select((size, i) => i == axis ? values.Sum(value => value.Shape[axis]) : size)];
        return Value.Generate(shape, position =>
        {
            var along = position[axis];
            foreach (var value in values)
            {
                if (along < value.Shape[axis])
                {
                    return value[[.. position.Select((p, i) => i == axis ? along : p)]];
                }

                along -= value.Shape[axis];
            }

            throw new InvalidOperationException();
        });
    }

    public static Value Tile(Value value, int[] times) => Value.Generate(
        [.. value.Shape.Select((size, axis) => size * times[axis])],
        position => value[[.. position.Select((p, axis) => p % value.Shape[axis])]]);

    public static Value Reverse(Value value, int axis) => Value.Generate(
        value.Shape, position => value[[.. position.Select((p, i) => i == axis ? value.Shape[axis] - 1 - p : p)]]);

    public static Value Gather(Value table, Value indices)
    {
        int[] shape = [.. indices.Shape, .. table.Shape.Skip(1)];
        return Value.Generate(shape, position =>
        {
            var row = (int)(indices.Rank == 0 ? indices.Scalar : indices[position.AsSpan(0, indices.Rank)]);
            return table[[row, .. position.Skip(indices.Rank)]];
        });
    }
}
