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

    public static Value Pad(Value value, int[] borders, double fill = 0)
    {
        int[] shape = [.. value.Shape.Select((size, axis) => size + borders[2 * axis] + borders[(2 * axis) + 1])];
        return Value.Generate(shape, position =>
        {
            int[] source = [.. position.Select((p, axis) => p - borders[2 * axis])];
            return source.Where((p, axis) => p < 0 || p >= value.Shape[axis]).Any() ? fill : value[source];
        });
    }

    /// <param name="skipped">1 when the element at the edge is not repeated.</param>
    public static Value Mirror(Value value, int[] borders, int skipped)
    {
        int[] shape = [.. value.Shape.Select((size, axis) => size + borders[2 * axis] + borders[(2 * axis) + 1])];
        return Value.Generate(shape, position => value[[.. position.Select((p, axis) => Inside(p - borders[2 * axis], value.Shape[axis]))]]);

        int Inside(int p, int size) => p < 0 ? -p - 1 + skipped : p >= size ? (2 * size) - 1 - skipped - p : p;
    }

    /// <summary>The pixels of a block stand in the channels, row by row.</summary>
    public static Value DepthToSpace(Value value, int block)
    {
        var channels = value.Shape[3] / (block * block);
        return Value.Generate([value.Shape[0], value.Shape[1] * block, value.Shape[2] * block, channels], at => value[
            at[0], at[1] / block, at[2] / block, (((at[1] % block * block) + (at[2] % block)) * channels) + at[3]]);
    }

    public static Value SpaceToDepth(Value value, int block)
    {
        var channels = value.Shape[3];
        return Value.Generate([value.Shape[0], value.Shape[1] / block, value.Shape[2] / block, channels * block * block], at => value[
            at[0], (at[1] * block) + (at[3] / channels / block), (at[2] * block) + (at[3] / channels % block), at[3] % channels]);
    }

    public static Value Accumulate(Node node, Value value, int axis)
    {
        var (isReverse, isExclusive) = (node.Flag("reverse"), node.Flag("exclusive"));
        return Value.Generate(value.Shape, position => Enumerable.Range(0, value.Shape[axis])
            .Where(i => (isReverse ? i >= position[axis] : i <= position[axis]) && !(isExclusive && i == position[axis]))
            .Sum(i => value[[.. position.Select((p, a) => a == axis ? i : p)]]));
    }

    public static Value Slice(Node node, IReadOnlyList<Value> x)
    {
        var (value, begin, end, steps) = (x[0], x[1].Integers, x[2].Integers, x[3].Integers);
        var (beginMask, endMask, newAxes, shrunk) = (
            node.Integer("begin_mask"), node.Integer("end_mask"), node.Integer("new_axis_mask"), node.Integer("shrink_axis_mask"));
        var ellipsis = node.Integer("ellipsis_mask");
        var plan = new List<(int From, int Step, int Length, bool IsDropped)>();
        var (axis, added) = (0, new List<int>());
        for (var i = 0; i < begin.Length; i++)
        {
            if (IsSet(ellipsis, i))
            {
                var rest = Enumerable.Range(i + 1, begin.Length - i - 1).Count(later => !IsSet(newAxes, later));
                while (axis < value.Rank - rest)
                {
                    plan.Add((0, 1, value.Shape[axis++], false));
                }
            }
            else if (IsSet(newAxes, i))
            {
                added.Add(plan.Count(one => !one.IsDropped) + added.Count);
            }
            else
            {
                plan.Add(One(i, value.Shape[axis++]));
            }
        }

        plan.AddRange(value.Shape.Skip(axis).Select(size => (0, 1, size, false)));
        var result = Value.Generate([.. plan.Select(one => one.Length)], position => value[
            [.. position.Select((p, a) => plan[a].From + (p * plan[a].Step))]]);
        var shape = plan.Where(one => !one.IsDropped).Select(one => one.Length).ToList();
        added.ForEach(at => shape.Insert(at, 1));
        return result with { Shape = [.. shape] };

        bool IsSet(int mask, int bit) => (mask & (1 << bit)) != 0;

        (int From, int Step, int Length, bool IsDropped) One(int i, int size)
        {
            var step = steps[i];
            var from = IsSet(beginMask, i) ? (step > 0 ? 0 : size - 1) : begin[i] < 0 ? begin[i] + size : begin[i];
            if (IsSet(shrunk, i))
            {
                return (from, 1, 1, true);
            }

            var stop = IsSet(endMask, i) ? (step > 0 ? size : -1) : end[i] < 0 ? end[i] + size : Math.Min(end[i], size);
            return (from, step, Math.Max(0, (stop - from + step - Math.Sign(step)) / step), false);
        }
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

    public static IReadOnlyList<Value> Split(Value value, int axis, int[] lengths) =>
        [.. lengths.Select((length, i) => Value.Generate(
            [.. value.Shape.Select((size, a) => a == axis ? length : size)],
            position => value[[.. position.Select((p, a) => a == axis ? p + lengths.Take(i).Sum() : p)]]))];

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

    public static Value Gather(Value table, Value indices, int axis)
    {
        int[] shape = [.. table.Shape.Take(axis), .. indices.Shape, .. table.Shape.Skip(axis + 1)];
        return Value.Generate(shape, position =>
        {
            var row = (int)(indices.Rank == 0 ? indices.Scalar : indices[position.AsSpan(axis, indices.Rank)]);
            return table[[.. position.Take(axis), row, .. position.Skip(axis + indices.Rank)]];
        });
    }
}
