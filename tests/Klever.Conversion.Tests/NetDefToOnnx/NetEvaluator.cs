using Klever.Formats.NetDef;

namespace Klever.Conversion.Tests.NetDefToOnnx;

/// <summary>Runs operators of Caffe2 as caffe2/operators defines them, slowly and plainly: what converted models are
/// compared with.</summary>
internal static class NetEvaluator
{
    private static readonly Dictionary<string, Func<NetOperator, Values[], Values>> Table = new(ElementEvaluator.Table)
    {
        ["Pow"] = (o, x) => x.Length > 1
            ? Zip(x[0], Aligned(o, x), MathF.Pow)
            : x[0].Map(v => Math.Pow(v, Float(o, "exponent", 1))),
        ["Copy"] = (_, x) => x[0],
        ["Dropout"] = (_, x) => x[0],
        ["Sum"] = (_, x) => x.Aggregate((a, b) => Zip(a, b, (v, w) => v + w)),
        ["Max"] = (_, x) => x.Aggregate((a, b) => Zip(a, b, Math.Max)),
        ["Mean"] = (_, x) => x.Aggregate((a, b) => Zip(a, b, (v, w) => v + w)).Map(v => v / x.Length),
        ["Add"] = (o, x) => Zip(x[0], Aligned(o, x), (v, w) => v + w),
        ["Sub"] = (o, x) => Zip(x[0], Aligned(o, x), (v, w) => v - w),
        ["Mul"] = (o, x) => Zip(x[0], Aligned(o, x), (v, w) => v * w),
        ["Div"] = (o, x) => Zip(x[0], Aligned(o, x), (v, w) => v / w),
        ["Min"] = (_, x) => x.Aggregate((a, b) => Zip(a, b, Math.Min)),
        ["And"] = (o, x) => Zip(x[0], Aligned(o, x), (v, w) => v * w),
        ["Or"] = (o, x) => Zip(x[0], Aligned(o, x), Math.Max),
        ["Xor"] = (o, x) => Zip(x[0], Aligned(o, x), (v, w) => v != w ? 1 : 0),
        ["EQ"] = (o, x) => Zip(x[0], Aligned(o, x), (v, w) => v == w ? 1 : 0),
        ["NE"] = (o, x) => Zip(x[0], Aligned(o, x), (v, w) => v != w ? 1 : 0),
        ["GT"] = (o, x) => Zip(x[0], Aligned(o, x), (v, w) => v > w ? 1 : 0),
        ["GE"] = (o, x) => Zip(x[0], Aligned(o, x), (v, w) => v >= w ? 1 : 0),
        ["LT"] = (o, x) => Zip(x[0], Aligned(o, x), (v, w) => v < w ? 1 : 0),
        ["LE"] = (o, x) => Zip(x[0], Aligned(o, x), (v, w) => v <= w ? 1 : 0),
        ["PRelu"] = (_, x) =>
            Values.Fill(x[0].Size, i => x[0][i] >= 0 ? x[0][i] : x[0][i] * x[1].Data[x[1].Data.Length == 1 ? 0 : i[1]]),
        ["SpatialBN"] = (o, x) => Values.Fill(x[0].Size, i =>
            ((x[0][i] - x[3].Data[i[1]]) / Math.Sqrt(x[4].Data[i[1]] + Float(o, "epsilon", 1e-5f)) * x[1].Data[i[1]])
            + x[2].Data[i[1]]),
        ["Reshape"] = (o, x) => x[0].Reshape(Shape(o.Integers("shape"), x[0])),
        ["Flatten"] = (_, x) => x[0].Reshape(x[0].Size[0], x[0].Data.Length / x[0].Size[0]),
        ["FlattenToVec"] = (_, x) => x[0].Reshape(x[0].Data.Length),
        ["MergeDim"] = (_, x) => x[0].Reshape([x[0].Size[0] * x[0].Size[1], .. x[0].Size[2..]]),
        ["ExpandDims"] = (o, x) => x[0].Reshape([1, .. x[0].Size]),
        ["Squeeze"] = (o, x) => x[0].Reshape([.. x[0].Size.Where((_, axis) => !o.Integers("dims").Contains(axis))]),
        ["Transpose"] = (o, x) => Transpose(x[0],
        o.Integers("axes") is { Count: > 0 } axes ? axes : [.. Enumerable.Range(0, x[0].Rank).Reverse().Select(
            a => (long)a)]),
        ["NCHW2NHWC"] = (_, x) => Transpose(x[0], [0, 2, 3, 1]),
        ["NHWC2NCHW"] = (_, x) => Transpose(x[0], [0, 3, 1, 2]),
        ["Shape"] = (_, x) => new Values([x[0].Rank], [.. x[0].Size.Select(length => (float)length)]),
        ["Tile"] = (o, x) => Tile(x[0], (int)o.Integer("axis"), o.Integer("tiles")),
        ["Slice"] = (o, x) => Slice(x[0], o.Integers("starts"), o.Integers("ends")),
        ["ResizeNearest"] = (o, x) => Values.Fill(
            [x[0].Size[0], x[0].Size[1], (long)(x[0].Size[2] * Float(o, "height_scale", 1)), (long)(
                x[0].Size[3] * Float(o, "width_scale", 1))],
            i => x[0][i[0], i[1], (long)(i[2] / Float(o, "height_scale", 1)), (long)(
                i[3] / Float(o, "width_scale", 1))]),
        ["ChannelShuffle"] = (o, x) => Shuffle(x[0], o.Integer("group")),
        ["PadImage"] = (o, x) => Values.Fill(
            [x[0].Size[0], x[0].Size[1], x[0].Size[2] + (2 * o.Integer("pad")), x[0].Size[3] + (2 * o.Integer("pad"))],
            i => At(
                x[0], i[0], i[1], i[2] - o.Integer("pad"), i[3] - o.Integer("pad"), otherwise: Float(o, "value", 0))),
        ["ReduceMean"] = (o, x) => Reduce(x[0], o.Integers("axes"), o.Integer("keepdims", 1) != 0, v => v.Average()),
        ["ReduceSum"] = (o, x) => Reduce(x[0], o.Integers("axes"), o.Integer("keepdims", 1) != 0, v => v.Sum()),
        ["ReduceMax"] = (o, x) => Reduce(x[0], o.Integers("axes"), o.Integer("keepdims", 1) != 0, v => v.Max()),
        ["ReduceMin"] = (o, x) => Reduce(x[0], o.Integers("axes"), o.Integer("keepdims", 1) != 0, v => v.Min()),
        ["ReduceL1"] = (o, x) => Reduce(x[0], o.Integers("axes"), o.Integer("keepdims", 1) != 0, v => v.Sum(Math.Abs)),
        ["ReduceL2"] = (o, x) =>
            Reduce(x[0], o.Integers("axes"), o.Integer("keepdims", 1) != 0, v => Math.Sqrt(v.Sum(e => (double)e * e))),
        ["ReduceFrontMean"] = (o, x) => Reduce(x[0], [0], keeps: false, v => v.Average()),
        ["ReduceFrontMax"] = (o, x) => Reduce(x[0], [0], keeps: false, v => v.Max()),
        ["ReduceFrontSum"] = (o, x) => Reduce(x[0], [0], keeps: false, v => v.Sum()),
        ["ReduceBackMax"] = (o, x) => Reduce(x[0], [x[0].Rank - 2, x[0].Rank - 1], keeps: false, v => v.Max()),
        ["ReduceBackMean"] = (o, x) => Reduce(x[0], [x[0].Rank - 1], keeps: false, v => v.Average()),
        ["ReduceBackSum"] = (o, x) => Reduce(x[0], [x[0].Rank - 1], keeps: false, v => v.Sum()),
        ["ArgMin"] = (o, x) => Reduce(x[0], [x[0].Rank - 1], keeps: true, v => Array.IndexOf(v, v.Min())),
        ["ResizeLike"] = (_, x) => x[0].Reshape(x[1].Size),
        ["ConstantFill"] = (o, _) => Values.Fill([.. o.Integers("shape")], _ => Float(o, "value", 0)),
        ["UpsampleBilinear"] = (o, x) => Interpolate(x[0], Float(o, "height_scale", 1), Float(o, "width_scale", 1)),
        ["ArgMax"] = (o, x) => Reduce(x[0], [x[0].Rank - 1], keeps: true, v => Array.IndexOf(v, v.Max())),
        ["ElementwiseLinear"] = (_, x) => Values.Fill(x[0].Size, i => (x[0][i] * x[1].Data[i[^1]]) + x[2].Data[i[^1]]),
        ["Gather"] = (_, x) =>
            Values.Fill([x[1].Size[0], .. x[0].Size[1..]], i => x[0][[(long)x[1].Data[i[0]], .. i[1..]]]),
        ["FC"] = MatrixEvaluator.Connect,
        ["FCTransposed"] = MatrixEvaluator.ConnectTransposed,
        ["MatMul"] = MatrixEvaluator.Multiply,
        ["BatchMatMul"] = MatrixEvaluator.Multiply,
        ["Softmax"] = MatrixEvaluator.Softmax,
        ["Conv"] = WindowEvaluator.Convolve,
        ["ConvTranspose"] = WindowEvaluator.ConvolveTransposed,
        ["MaxPool"] = (o, x) => WindowEvaluator.Pool(o, x[0], isAverage: false),
        ["AveragePool"] = (o, x) => WindowEvaluator.Pool(o, x[0], isAverage: true),
        ["Conv1D"] = AnyAxesEvaluator.Convolve,
        ["Conv3D"] = AnyAxesEvaluator.Convolve,
        ["MaxPool1D"] = (o, x) => AnyAxesEvaluator.Pool(o, x[0], cells => cells.Max()),
        ["MaxPool3D"] = (o, x) => AnyAxesEvaluator.Pool(o, x[0], cells => cells.Max()),
        ["AveragePool1D"] = (o, x) => AnyAxesEvaluator.Pool(o, x[0], cells => cells.Average()),
        ["AveragePool3D"] = (o, x) => AnyAxesEvaluator.Pool(o, x[0], cells => cells.Average()),
        ["LRN"] = WindowEvaluator.NormalizeResponse,
        ["InstanceNorm"] = WindowEvaluator.NormalizeInstance,
    };

    // Types that are another name of one in the table.
    private static readonly Dictionary<string, string> Aliases = new()
    {
        ["Alias"] = "Copy",
        ["CopyCPUToGPU"] = "Copy",
        ["CopyFromCPUInput"] = "Copy",
        ["CopyGPUToCPU"] = "Copy",
        ["EnsureCPUOutput"] = "Copy",
        ["EnsureDense"] = "Copy",
        ["StopGradient"] = "Copy",
        ["Equal"] = "EQ",
        ["Greater"] = "GT",
        ["Less"] = "LT",
        ["Conv2D"] = "Conv",
        ["MaxPool2D"] = "MaxPool",
        ["AveragePool2D"] = "AveragePool",
        ["DepthConcat"] = "Concat",
        ["DepthSplit"] = "Split",
    };


    /// <summary>Runs a net; blobs holds weights and inputs and gets what the operators write.</summary>
    public static void Run(Net net, Dictionary<string, Values> blobs)
    {
        foreach (var operation in net.Operators)
        {
            Values[] inputs = [.. operation.Inputs.Select(name => blobs[name])];
            var type = Aliases.GetValueOrDefault(operation.Type, operation.Type);
            switch (type)
            {
                case "Concat":
                    blobs[operation.Outputs.ElementAtOrDefault(1) ?? ""] =
                        new Values([inputs.Length], [.. inputs.Select(input => (float)input.Size[(int)operation.Integer("axis", 1)])]);
                    blobs[operation.Outputs[0]] = Concatenate(
                        inputs, (int)operation.Integer("axis", 1), operation.Integer("add_axis") != 0);
                    break;
                case "Split":
                    Split(operation, inputs[0], blobs);
                    break;
                default:
                    blobs[operation.Outputs[0]] = Table[type](operation, inputs);
                    break;
            }
        }
    }

    public static float Float(NetOperator operation, string argument, float otherwise) =>
        operation.Arguments.GetValueOrDefault(argument)?.Number ?? otherwise;

    /// <summary>An element of an image, or what stands outside of it.</summary>
    public static float At(Values x, long n, long c, long h, long w, float otherwise) =>
        h >= 0 && h < x.Size[2] && w >= 0 && w < x.Size[3] ? x[n, c, h, w] : otherwise;

    private static Values Aligned(NetOperator operation, Values[] x)
    {
        var axis = operation.Integer("axis", -1);
        return axis < 0
            ? x[1]
            : x[1].Reshape([.. x[1].Size, .. Enumerable.Repeat(1L, x[0].Rank - (int)axis - x[1].Rank)]);
    }

    private static Values Zip(Values a, Values b, Func<float, float, float> value)
    {
        var rank = Math.Max(a.Rank, b.Rank);
        long[] left = [.. Enumerable.Repeat(1L, rank - a.Rank), .. a.Size];
        long[] right = [.. Enumerable.Repeat(1L, rank - b.Rank), .. b.Size];
        var (x, y) = (a.Reshape(left), b.Reshape(right));
        return Values.Fill(
            [.. left.Zip(right, Math.Max)],
            i => value(x[[.. i.Select((p, axis) => left[axis] == 1 ? 0 : p)]], y[[.. i.Select(
                (p, axis) => right[axis] == 1 ? 0 : p)]]));
    }

    private static long[] Shape(IReadOnlyList<long> shape, Values x)
    {
        long[] size = [.. shape.Select((length, axis) => length == 0 ? x.Size[axis] : length)];
        var known = size.Where(length => length > 0).Aggregate(1L, (a, b) => a * b);
        return [.. size.Select(length => length < 0 ? x.Data.Length / known : length)];
    }

    private static Values Transpose(Values x, IReadOnlyList<long> axes) => Values.Fill(
        [.. axes.Select(axis => x.Size[axis])],
        i =>
        {
            var source = new long[i.Length];
            for (var axis = 0; axis < i.Length; axis++)
            {
                source[axes[axis]] = i[axis];
            }

            return x[source];
        });

    private static Values Tile(Values x, int axis, long tiles) => Values.Fill(
        [.. x.Size.Select((length, i) => i == axis ? length * tiles : length)],
        i => x[[.. i.Select((place, a) => a == axis ? place % x.Size[axis] : place)]]);

    private static Values Slice(Values x, IReadOnlyList<long> starts, IReadOnlyList<long> ends)
    {
        var begin = starts.Select((start, axis) => start < 0 ? start + x.Size[axis] + 1 : start).ToList();
        return Values.Fill(
            [.. ends.Select(
                (end, axis) => Math.Min(end < 0 ? end + x.Size[axis] + 1 : end, x.Size[axis]) - begin[axis])],
            i => x[[.. i.Select((place, axis) => place + begin[axis])]]);
    }

    private static Values Interpolate(Values x, float heightScale, float widthScale)
    {
        var (height, width) = ((long)(x.Size[2] * heightScale), (long)(x.Size[3] * widthScale));
        return Values.Fill([x.Size[0], x.Size[1], height, width], i =>
        {
            var (y, z) = ((x.Size[2] - 1.0) / (height - 1) * i[2], (x.Size[3] - 1.0) / (width - 1) * i[3]);
            var (top, left) = ((long)y, (long)z);
            var (bottom, right) = (Math.Min(top + 1, x.Size[2] - 1), Math.Min(left + 1, x.Size[3] - 1));
            return ((1 - (y - top)) * Row(top)) + ((y - top) * Row(bottom));

            double Row(long h) => ((1 - (z - left)) * x[i[0], i[1], h, left]) + ((z - left) * x[i[0], i[1], h, right]);
        });
    }

    private static Values Shuffle(Values x, long groups)
    {
        var members = x.Size[1] / groups;
        return Values.Fill(x.Size, i => x[i[0], ((i[1] % groups) * members) + (i[1] / groups), i[2], i[3]]);
    }

    private static Values Reduce(Values x, IReadOnlyList<long> axes, bool keeps, Func<float[], double> value)
    {
        var kept = Values.Fill(
            [.. x.Size.Select((length, axis) => axes.Contains(axis) ? 1 : length)], i => value(Elements(i)));
        return keeps ? kept : kept.Reshape([.. x.Size.Where((_, axis) => !axes.Contains(axis))]);

        float[] Elements(long[] place) =>
            Values.Fill([.. x.Size.Select((length, axis) => axes.Contains(axis) ? length : 1)],
                i => x[[.. i.Select((p, axis) => axes.Contains(axis) ? p : place[axis])]]).Data;
    }

    private static Values Concatenate(Values[] parts, int axis, bool adds)
    {
        var joined = adds ? [.. parts.Select(p => p.Reshape([.. p.Size[..axis], 1, .. p.Size[axis..]]))] : parts;
        var size = joined[0].Size.Select((length, i) => i == axis ? joined.Sum(p => p.Size[axis]) : length);
        return Values.Fill([.. size], i =>
        {
            var (place, rest) = (0, i[axis]);
            for (; rest >= joined[place].Size[axis]; place++)
            {
                rest -= joined[place].Size[axis];
            }

            return joined[place][[.. i.Select((p, a) => a == axis ? rest : p)]];
        });
    }

    private static void Split(NetOperator operation, Values x, Dictionary<string, Values> blobs)
    {
        var axis = (int)operation.Integer("axis", 1);
        var sizes = operation.Integers("split") is { Count: > 0 } list
            ? list
            : [.. operation.Outputs.Select(_ => x.Size[axis] / operation.Outputs.Count)];
        var start = 0L;
        for (var part = 0; part < sizes.Count; part++)
        {
            var begin = start;
            blobs[operation.Outputs[part]] = Values.Fill(
                [.. x.Size.Select((length, i) => i == axis ? sizes[part] : length)],
                i => x[[.. i.Select((p, a) => a == axis ? p + begin : p)]]);
            start += sizes[part];
        }
    }
}
