using Klever.Formats.MXNet;

namespace Klever.Conversion.Tests.MXNet.Evaluation;

internal static class AxisDefinitions
{
    public static readonly Dictionary<string, Func<SymbolAttributes, Values[], Values[]>> Table = new()
    {
        ["Flatten"] = (_, x) => [x[0].Sized(x[0].Size[0], Values.Count(x[0].Size[1..]))],
        ["Reshape"] = (a, x) => [x[0].Sized([.. a.Integers("want")!.Select(v => (int)v)])],
        ["_npx_reshape"] = (a, x) => [x[0].Sized([.. a.Integers("want")!.Select(v => (int)v)])],
        ["_npi_matmul"] = (_, x) => [Values.Of([.. x[0].Size[..^1], x[1].Size[^1]], p => Enumerable.Range(0, x[0].Size[^1])
            .Sum(i => x[0].At([.. p[..^1], i]) * x[1].At([.. p[..^2], i, p[^1]])))],
        ["Concat"] = (a, x) => [Join(x, x[0].Axis(a.Integer("dim") ?? a.Integer("axis", 1)))],
        ["stack"] = (a, x) => [Join([.. x.Select(v => Inserted(v, a.Integer("axis", 0)))], (int)(a.Integer("axis", 0) is < 0 and var end ? end + x[0].Rank + 1 : a.Integer("axis", 0)))],
        ["transpose"] = (a, x) => [x[0].Transposed(a.Integers("axes")?.Select(v => (int)v).ToArray() ?? [.. Enumerable.Range(0, x[0].Rank).Reverse()])],
        ["SwapAxis"] = (a, x) => [Swap(x[0], (int)a.Integer("dim1", 0), (int)a.Integer("dim2", 0))],
        ["expand_dims"] = (a, x) => [Inserted(x[0], a.Integer("axis", 0))],
        ["squeeze"] = (a, x) => [x[0].Sized([.. x[0].Size.Where((_, i) => !a.Integers("axis")!.Select(x[0].Axis).Contains(i))])],
        ["SliceChannel"] = Split,
        ["slice_axis"] = (a, x) => [Slice(x[0], x[0].Axis(a.Integer("axis", 0)), a.Integer("begin"), a.Integer("end"), 1)],
        ["slice"] = (a, x) => [SliceAll(a, x[0])],
        ["slice_like"] = (a, x) => [(a.Integers("axes") ?? [0, 1, 2, 3]).Aggregate(x[0], (v, axis) => Slice(v, (int)axis, 0, x[1].Size[axis], 1))],
        ["Crop"] = (a, x) => [Values.Of([.. x[0].Size[..2], .. x[1].Size[2..]], p => x[0].At([p[0], p[1], p[2] + (int)a.Integers("offset")![0], p[3] + (int)a.Integers("offset")![1]]))],
        ["tile"] = (a, x) => [Tile(x[0], [.. a.Integers("reps")!.Select(v => (int)v)])],
        ["reverse"] = (a, x) => [a.Integers("axis")!.Aggregate(x[0], (v, axis) => Slice(v, (int)axis, null, null, -1))],
        ["repeat"] = (a, x) => [Repeat(a, x[0])],
        ["gather_nd"] = (_, x) => [Values.Of(
            [.. x[1].Size[1..], .. x[0].Size[x[1].Size[0]..]],
            p => x[0].At([.. Enumerable.Range(0, x[1].Size[0]).Select(i => (int)x[1].At([i, .. p[..(x[1].Rank - 1)]])), .. p[(x[1].Rank - 1)..]]))],
        ["scatter_nd"] = (a, x) => [Scatter(a, x)],
        ["reshape_like"] = (a, x) => [x[0].Sized(a.Has("lhs_begin")
            ? [.. x[0].Size[..(int)a.Integer("lhs_begin", 0)], .. x[1].Size[(int)a.Integer("rhs_begin", 0)..(int)a.Integer("rhs_end", 0)], .. x[0].Size[(int)a.Integer("lhs_end", 0)..]]
            : x[1].Size)],
        ["_split_v2"] = (a, x) => [Slice(x[0], x[0].Axis(a.Integer("axis", 0)), 0, a.Integers("indices")![1], 1), Slice(x[0], x[0].Axis(a.Integer("axis", 0)), a.Integers("indices")![1], null, 1)],
        ["depth_to_space"] = (a, x) => [Deep(x[0], (int)a.Integer("block_size", 1))],
        ["space_to_depth"] = (a, x) => [Flat(x[0], (int)a.Integer("block_size", 1))],
        ["Pad"] = (a, x) => [Pad(a, x[0])],
        ["broadcast_to"] = (a, x) => [Values.Of([.. a.Integers("shape")!.Select(v => (int)v)], x[0].At)],
        ["broadcast_axis"] = (a, x) => [Values.Of([.. x[0].Size.Select((l, i) => i == a.Integer("axis") ? (int)a.Integer("size", 1) : l)], x[0].At)],
        ["broadcast_like"] = (a, x) => [Values.Of(
            a.Integers("lhs_axes") is { } axes ? [.. x[0].Size.Select((l, i) => axes.Contains(i) ? x[1].Size[i] : l)] : x[1].Size, x[0].At)],
        ["mean"] = (a, x) => [Reduce(a, x[0], v => v.Average())],
        ["sum"] = (a, x) => [Reduce(a, x[0], v => v.Sum())],
        ["max"] = (a, x) => [Reduce(a, x[0], v => v.Max())],
        ["min"] = (a, x) => [Reduce(a, x[0], v => v.Min())],
        ["prod"] = (a, x) => [Reduce(a, x[0], v => v.Aggregate(1f, (l, r) => l * r))],
        ["norm"] = (a, x) => [Reduce(a, x[0], v => MathF.Sqrt(v.Sum(e => e * e)))],
        ["argmax"] = (a, x) => [Reduce(a, x[0], v => Array.IndexOf(v.ToArray(), v.Max()))],
        ["argmin"] = (a, x) => [Reduce(a, x[0], v => Array.IndexOf(v.ToArray(), v.Min()))],
        ["dot"] = (a, x) => [Dot(a, x)],
        ["batch_dot"] = (a, x) => [Product(a, x)],
        ["_linalg_gemm2"] = (a, x) => [Product(a, x).Map(v => v * (float)a.Number("alpha", 1))],
        ["take"] = (a, x) => [Values.Of([.. x[1].Size, .. x[0].Size[1..]], p => x[0].At([Inside(a, x[1].At(p[..x[1].Rank]), x[0].Size[0]), .. p[x[1].Rank..]]))],
        ["pick"] = (a, x) => [Pick(a, x, x[0].Axis(a.Integer("axis", -1)))],
        ["batch_take"] = (a, x) => [Pick(a, x, 1)],
        ["one_hot"] = (a, x) => [Values.Of([.. x[0].Size, (int)a.Integer("depth", 1)], p => (int)x[0].At(p[..^1]) == p[^1] ? (float)a.Number("on_value", 1) : 0)],
        ["topk"] = TopK,
        ["sort"] = (a, x) => [Sort(a, x[0], (v, _) => v)],
        ["argsort"] = (a, x) => [Sort(a, x[0], (_, i) => i)],
        ["argmax_channel"] = (_, x) => [Values.Of([x[0].Size[0], .. x[0].Size[2..]], p => Enumerable.Range(0, x[0].Size[1]).MaxBy(c => x[0].At([p[0], c, .. p[1..]])))],
        ["cumsum"] = (a, x) => [a.Has("axis") ? x[0].Along(x[0].Axis(a.Integer("axis", 0)), Sums) : x[0].Sized(x[0].Elements.Length).Along(0, Sums)],
        ["shape_array"] = (_, x) => [new Values([x[0].Rank], [.. x[0].Size.Select(v => (float)v)])],
        ["size_array"] = (_, x) => [new Values([1], [x[0].Elements.Length])],
    };

    private static Values Tile(Values x, int[] times)
    {
        int[] size = [.. Enumerable.Repeat(1, Math.Max(0, times.Length - x.Rank)), .. x.Size];
        times = [.. Enumerable.Repeat(1, Math.Max(0, x.Rank - times.Length)), .. times];
        return Values.Of([.. size.Zip(times, (l, t) => l * t)], p => x.Sized(size).At([.. p.Zip(size, (i, l) => i % l)]));
    }

    private static Values Repeat(SymbolAttributes a, Values x)
    {
        var (flat, times) = (a.Has("axis") ? x : x.Sized(x.Elements.Length), (int)a.Integer("repeats", 1));
        var axis = a.Has("axis") ? x.Axis(a.Integer("axis", 0)) : 0;
        return Values.Of(
            [.. flat.Size.Select((l, i) => i == axis ? l * times : l)], p => flat.At([.. p.Select((v, i) => i == axis ? v / times : v)]));
    }

    private static Values Deep(Values x, int b)
    {
        var depth = x.Size[1] / (b * b);
        return Values.Of(
            [x.Size[0], depth, x.Size[2] * b, x.Size[3] * b],
            p => x.At([p[0], (((p[2] % b * b) + (p[3] % b)) * depth) + p[1], p[2] / b, p[3] / b]));
    }

    private static Values Flat(Values x, int b) => Values.Of(
        [x.Size[0], x.Size[1] * b * b, x.Size[2] / b, x.Size[3] / b],
        p => x.At([p[0], p[1] % x.Size[1], (p[2] * b) + (p[1] / x.Size[1] / b), (p[3] * b) + (p[1] / x.Size[1] % b)]));

    public static Values Join(Values[] x, int axis)
    {
        int[] starts = [.. x.Select((_, i) => x[..i].Sum(v => v.Size[axis]))];
        int[] size = [.. x[0].Size.Select((l, i) => i == axis ? x.Sum(v => v.Size[axis]) : l)];
        return Values.Of(size, p =>
        {
            var part = Array.FindLastIndex(starts, start => start <= p[axis]);
            int[] place = [.. p.Select((v, i) => i == axis ? v - starts[part] : v)];
            return x[part].At(place);
        });
    }

    private static Values Inserted(Values x, long axis)
    {
        var place = (int)(axis < 0 ? axis + x.Rank + 1 : axis);
        return x.Sized([.. x.Size[..place], 1, .. x.Size[place..]]);
    }

    private static Values Swap(Values x, int first, int second)
    {
        int[] order = [.. Enumerable.Range(0, x.Rank)];
        (order[first], order[second]) = (order[second], order[first]);
        return x.Transposed(order);
    }

    private static Values[] Split(SymbolAttributes a, Values[] x)
    {
        var axis = x[0].Axis(a.Integer("axis", 1));
        var parts = (int)a.Integer("num_outputs", 1);
        var length = x[0].Size[axis] / parts;
        return [.. Enumerable.Range(0, parts).Select(part =>
        {
            var piece = Slice(x[0], axis, part * length, (part + 1) * length, 1);
            return a.Flag("squeeze_axis", false) ? piece.Sized([.. piece.Size.Where((_, i) => i != axis)]) : piece;
        })];
    }

    private static Values SliceAll(SymbolAttributes a, Values x)
    {
        var (begin, end, step) = (a.OptionalIntegers("begin")!, a.OptionalIntegers("end")!, a.OptionalIntegers("step") ?? []);
        return Enumerable.Range(0, begin.Count).Aggregate(
            x, (v, axis) => Slice(v, axis, begin[axis], end[axis], (int)(step.ElementAtOrDefault(axis) ?? 1)));
    }

    private static Values Slice(Values x, int axis, long? begin, long? end, int step)
    {
        var length = x.Size[axis];
        var places = new List<int>();
        var first = (int)(begin is null ? (step > 0 ? 0 : length - 1) : begin < 0 ? begin + length : begin);
        var last = (int)(end is null ? (step > 0 ? length : -1) : end < 0 ? end + length : Math.Min(end.Value, length));
        for (var i = first; step > 0 ? i < last : i > last; i += step)
        {
            places.Add(i);
        }

        return Values.Of(
            [.. x.Size.Select((l, i) => i == axis ? places.Count : l)],
            p => x.At([.. p.Select((v, i) => i == axis ? places[v] : v)]));
    }

    private static Values Pad(SymbolAttributes a, Values x)
    {
        var w = a.Integers("pad_width")!;
        int[] size = [.. x.Size.Select((l, i) => l + (int)w[2 * i] + (int)w[(2 * i) + 1])];
        return Values.Of(size, p =>
        {
            int[] place = [.. p.Select((v, i) => v - (int)w[2 * i])];
            var isInside = place.Zip(x.Size).All(pair => pair.First >= 0 && pair.First < pair.Second);
            return isInside ? x.At(place)
                : a.Text("mode") == "constant" ? (float)a.Number("constant_value", 0)
                : x.At([.. place.Zip(x.Size, (v, l) => a.Text("mode") == "edge" ? Math.Clamp(v, 0, l - 1) : v < 0 ? -v : v >= l ? (2 * l) - 2 - v : v)]);
        });
    }

    private static Values Reduce(SymbolAttributes a, Values x, Func<IEnumerable<float>, float> function)
    {
        int[] named = [.. a.Integers("axis")?.Select(x.Axis) ?? []];
        var axes = named.Length == 0 ? [.. Enumerable.Range(0, x.Rank)]
            : a.Flag("exclude", false) ? [.. Enumerable.Range(0, x.Rank).Except(named)] : named;
        var kept = x.Reduced(axes, function);
        return a.Flag("keepdims", false) ? kept
            : axes.Length == x.Rank ? kept.Sized(1)
            : kept.Sized([.. kept.Size.Where((_, i) => !axes.Contains(i))]);
    }

    private static float[] Sums(float[] v) => [.. v.Select((_, i) => v[..(i + 1)].Sum())];

    private static int Inside(SymbolAttributes a, float place, int length) => a.Text("mode") == "wrap"
        ? (((int)place % length) + length) % length
        : Math.Clamp((int)place, 0, length - 1);

    private static Values Pick(SymbolAttributes a, Values[] x, int axis)
    {
        int[] size = [.. x[0].Size.Select((l, i) => i == axis ? 1 : l)];
        var kept = Values.Of(size, p => x[0].At(
            [.. p[..axis], Inside(a, x[1].Elements[Index(size, p)], x[0].Size[axis]), .. p[(axis + 1)..]]));
        return a.Flag("keepdims", false) ? kept : kept.Sized([.. x[0].Size.Where((_, i) => i != axis)]);
    }

    private static int Index(int[] size, int[] place) => place.Zip(size).Aggregate(0, (at, pair) => (at * pair.Second) + pair.First);

    private static Values Scatter(SymbolAttributes a, Values[] x)
    {
        int[] size = [.. a.Integers("shape")!.Select(v => (int)v)];
        var result = new float[Values.Count(size)];
        var depth = x[1].Size[0];
        _ = Values.Of(x[0].Size, p =>
        {
            int[] at = [.. Enumerable.Range(0, depth).Select(i => (int)x[1].At([i, .. p[..(x[1].Rank - 1)]])), .. p[(x[1].Rank - 1)..]];
            return result[Index(size, at)] = x[0].At(p);
        });
        return new Values(size, result);
    }

    private static Values Sort(SymbolAttributes a, Values x, Func<float, int, float> kept)
    {
        var from = a.Values.ContainsKey("axis") && !a.Has("axis") ? x.Sized(x.Elements.Length) : x;
        return from.Along(from.Axis(a.Integer("axis", -1)), v =>
            [.. v.Select((e, i) => (e, i)).OrderBy(pair => a.Flag("is_ascend", true) ? pair.e : -pair.e).Select(pair => kept(pair.e, pair.i))]);
    }

    private static Values Dot(SymbolAttributes a, Values[] x)
    {
        if (x[0].Rank == 2 && x[1].Rank == 2)
        {
            return Product(a, x);
        }

        int[] size = [.. x[0].Size[..^1], .. x[1].Size[1..]];
        return Values.Of(size.Length == 0 ? [1] : size, p => Enumerable.Range(0, x[1].Size[0])
            .Sum(i => x[0].At([.. p[..(x[0].Rank - 1)], i]) * x[1].At([i, .. p[^(x[1].Rank - 1)..]])));
    }

    private static Values Product(SymbolAttributes a, Values[] x)
    {
        var left = a.Flag("transpose_a", false) ? Swap(x[0], x[0].Rank - 2, x[0].Rank - 1) : x[0];
        var right = a.Flag("transpose_b", false) ? Swap(x[1], x[1].Rank - 2, x[1].Rank - 1) : x[1];
        return Values.Of([.. left.Size[..^1], right.Size[^1]], p => Enumerable.Range(0, left.Size[^1])
            .Sum(i => left.At([.. p[..^1], i]) * right.At([.. p[..^2], i, p[^1]])));
    }

    private static Values[] TopK(SymbolAttributes a, Values[] x)
    {
        x = a.Values.ContainsKey("axis") && !a.Has("axis") ? [x[0].Sized(x[0].Elements.Length)] : x;
        var axis = x[0].Axis(a.Integer("axis", -1));
        var k = (int)a.Integer("k", 1) is > 0 and var given ? given : x[0].Size[axis];
        var ascends = a.Flag("is_ascend", false);
        int[] Order(float[] v) => [.. Enumerable.Range(0, v.Length).OrderBy(i => ascends ? v[i] : -v[i])];
        var values = Slice(x[0].Along(axis, v => [.. Order(v).Select(i => v[i])]), axis, 0, k, 1);
        var places = Slice(x[0].Along(axis, v => [.. Order(v).Select(i => (float)i)]), axis, 0, k, 1);
        var last = x[0].Along(axis, v => [.. v.Select((_, i) => Order(v).Take(k).Contains(i) ? 1f : 0)]);
        return a.Text("ret_typ") switch { "mask" => [last], "value" => [values], "both" => [values, places], _ => [places] };
    }
}
