namespace Klever.Conversion.Tests.H5ToSavedModel.Evaluation;

/// <summary>The table of operations, by their TensorFlow definitions.</summary>
internal static class Operations
{
    private static readonly Dictionary<string, Func<Node, IReadOnlyList<Value>, IReadOnlyList<Value>>> Table = new()
    {
        ["Identity"] = (_, x) => [x[0]],
        ["AddV2"] = Binary((a, b) => a + b),
        ["Sub"] = Binary((a, b) => a - b),
        ["Mul"] = Binary((a, b) => a * b),
        ["RealDiv"] = Binary((a, b) => a / b),
        ["Maximum"] = Binary(Math.Max),
        ["Minimum"] = Binary(Math.Min),
        ["FloorDiv"] = Binary((a, b) => Math.Floor(a / b)),
        ["FloorMod"] = Binary((a, b) => a - (b * Math.Floor(a / b))),
        ["DivNoNan"] = Binary((a, b) => b == 0 ? 0 : a / b),
        ["Equal"] = Binary((a, b) => a == b ? 1 : 0),
        ["LessEqual"] = Binary((a, b) => a <= b ? 1 : 0),
        ["Greater"] = Binary((a, b) => a > b ? 1 : 0),
        ["GreaterEqual"] = Binary((a, b) => a >= b ? 1 : 0),
        ["NotEqual"] = Binary((a, b) => a != b ? 1 : 0),
        ["LogicalAnd"] = Binary((a, b) => a * b),
        ["LogicalOr"] = Binary(Math.Max),
        ["LogicalNot"] = Unary(a => 1 - a),
        ["Pow"] = Binary(Math.Pow),
        ["Less"] = Binary((a, b) => a < b ? 1 : 0),
        ["SquaredDifference"] = Binary((a, b) => (a - b) * (a - b)),
        ["BiasAdd"] = Binary((a, b) => a + b),
        ["Cast"] = (node, x) => [node.Type("DstT") switch
        {
            10 => x[0].Map(a => a != 0 ? 1 : 0),
            3 or 4 or 9 => x[0].Map(Math.Truncate),
            19 => x[0].Map(a => (double)(Half)a),
            _ => x[0],
        }],
        ["SelectV2"] = (_, x) => Select(x[0], x[1], x[2]),
        ["Relu"] = Unary(a => Math.Max(a, 0)),
        ["Relu6"] = Unary(a => Math.Clamp(a, 0, 6)),
        ["LeakyRelu"] = (node, x) => [x[0].Map(a => a > 0 ? a : a * node.Real("alpha", 0.2f))],
        ["Elu"] = Unary(a => a > 0 ? a : Math.Exp(a) - 1),
        ["Selu"] = Unary(a => 1.0507009873554805 * (a > 0 ? a : 1.6732632423543772 * (Math.Exp(a) - 1))),
        ["Sigmoid"] = Unary(a => 1 / (1 + Math.Exp(-a))),
        ["Tanh"] = Unary(Math.Tanh),
        ["Softplus"] = Unary(a => Math.Log(1 + Math.Exp(a))),
        ["Softsign"] = Unary(a => a / (1 + Math.Abs(a))),
        ["Abs"] = Unary(Math.Abs),
        ["Exp"] = Unary(Math.Exp),
        ["Log"] = Unary(Math.Log),
        ["Log1p"] = Unary(a => Math.Log(1 + a)),
        ["Expm1"] = Unary(a => Math.Exp(a) - 1),
        ["Floor"] = Unary(Math.Floor),
        ["Ceil"] = Unary(Math.Ceiling),
        ["Round"] = Unary(a => Math.Round(a, MidpointRounding.ToEven)),
        ["Sign"] = Unary(a => Math.Sign(a)),
        ["Sin"] = Unary(Math.Sin),
        ["Cos"] = Unary(Math.Cos),
        ["Reciprocal"] = Unary(a => 1 / a),
        ["ZerosLike"] = Unary(_ => 0),
        ["OnesLike"] = Unary(_ => 1),
        ["Sqrt"] = Unary(Math.Sqrt),
        ["Neg"] = Unary(a => -a),
        ["Square"] = Unary(a => a * a),
        ["Rsqrt"] = Unary(a => 1 / Math.Sqrt(a)),
        ["Erf"] = Unary(Erf),
        ["Softmax"] = (_, x) => [Softmax(x[0])],
        ["LogSoftmax"] = (_, x) => [Softmax(x[0]).Map(Math.Log)],
        ["MatMul"] = (_, x) => [Products.Batch(x[0], x[1], leftTransposed: false, rightTransposed: false)],
        ["BatchMatMulV2"] = (node, x) => [Products.Batch(x[0], x[1], node.Flag("adj_x"), node.Flag("adj_y"))],
        ["Mean"] = Reduce(values => values.Average()),
        ["Max"] = Reduce(values => values.Max()),
        ["Sum"] = Reduce(values => values.Sum()),
        ["Any"] = Reduce(values => values.Max()),
        ["All"] = Reduce(values => values.Min()),
        ["Min"] = Reduce(values => values.Min()),
        ["Prod"] = Reduce(values => values.Aggregate((a, b) => a * b)),
        ["ArgMax"] = (_, x) => Reduce(values => values.IndexOf(values.Max()))(Node.Plain, x),
        ["ArgMin"] = (_, x) => Reduce(values => values.IndexOf(values.Min()))(Node.Plain, x),
        ["Bucketize"] = (node, x) => [x[0].Map(a => node.Reals("boundaries").Count(bound => a >= bound))],
        ["Cumsum"] = (node, x) => [Arrangements.Accumulate(node, x[0], (int)x[1].Scalar)],
        ["OneHot"] = (_, x) => [Value.Generate([.. x[0].Shape, (int)x[1].Scalar], at => x[0][at.AsSpan(0, at.Length - 1)] == at[^1] ? x[2].Scalar : x[3].Scalar)],
        ["Conv2D"] = Products.Convolution,
        ["Conv3D"] = Products.Convolution,
        ["DepthwiseConv2dNative"] = Products.Depthwise,
        ["Conv2DBackpropInput"] = Products.Transposed,
        ["Conv3DBackpropInputV2"] = Products.Transposed,
        ["FusedBatchNormV3"] = (node, x) => [Normalized(node, x)],
        ["MaxPool"] = (node, x) => [Windows.Pool(node, x[0], values => values.Max())],
        ["AvgPool"] = (node, x) => [Windows.Pool(node, x[0], values => values.Average())],
        ["MaxPool3D"] = (node, x) => [Windows.Pool(node, x[0], values => values.Max())],
        ["AvgPool3D"] = (node, x) => [Windows.Pool(node, x[0], values => values.Average())],
        ["ExtractImagePatches"] = (node, x) => [Windows.Patches(x[0], node.Integers("ksizes")!, node.Integers("strides")!)],
        ["ResizeNearestNeighbor"] = (_, x) => [Windows.Nearest(x[0], x[1].Integers)],
        ["ResizeBilinear"] = (node, x) => [Windows.Bilinear(x[0], x[1].Integers, node.Flag("half_pixel_centers"))],
        ["Range"] = (_, x) => [Value.Of([.. Enumerable.Range(0, (int)Math.Ceiling((x[1].Scalar - x[0].Scalar) / x[2].Scalar))
            .Select(i => x[0].Scalar + (i * x[2].Scalar))])],
        ["BroadcastTo"] = (_, x) => Binary((_, a) => a)(null!, [Value.Zeros(x[1].Integers), x[0]]),
        ["Fill"] = (_, x) => [Value.Generate(x[0].Integers, _ => x[1].Scalar)],
        ["Shape"] = (_, x) => [Value.Of([.. x[0].Shape.Select(size => (double)size)])],
        ["Reshape"] = (_, x) => [Arrangements.Reshape(x[0], x[1].Integers)],
        ["Transpose"] = (_, x) => [Arrangements.Transpose(x[0], x[1].Integers)],
        ["Pad"] = (_, x) => [Arrangements.Pad(x[0], x[1].Integers)],
        ["PadV2"] = (_, x) => [Arrangements.Pad(x[0], x[1].Integers, x[2].Scalar)],
        ["MirrorPad"] = (node, x) => [Arrangements.Mirror(x[0], x[1].Integers, node.Text("mode") == "REFLECT" ? 1 : 0)],
        ["DepthToSpace"] = (node, x) => [Arrangements.DepthToSpace(x[0], node.Integer("block_size"))],
        ["SpaceToDepth"] = (node, x) => [Arrangements.SpaceToDepth(x[0], node.Integer("block_size"))],
        ["SplitV"] = (_, x) => Arrangements.Split(x[0], (int)x[2].Scalar, x[1].Integers),
        ["StridedSlice"] = (node, x) => [Arrangements.Slice(node, x)],
        ["Pack"] = (node, x) => [Arrangements.Pack(x, node.Integer("axis"))],
        ["Unpack"] = (node, x) => Arrangements.Split(x[0], node.Integer("axis"), node.Integer("num"), dropsAxis: true),
        ["Split"] = (node, x) => Arrangements.Split(x[1], (int)x[0].Scalar, node.Integer("num_split"), dropsAxis: false),
        ["ConcatV2"] = (_, x) => [Arrangements.Concat([.. x.SkipLast(1)], (int)x[^1].Scalar)],
        ["ExpandDims"] = (_, x) => [x[0] with { Shape = [.. x[0].Shape.ToList().Inserted((int)x[1].Scalar + (x[1].Scalar < 0 ? x[0].Rank + 1 : 0), 1)] }],
        ["Squeeze"] = (node, x) => [x[0] with { Shape = [.. x[0].Shape.Where((_, i) => !node.Integers("squeeze_dims")!.Contains(i))] }],
        ["Tile"] = (_, x) => [Arrangements.Tile(x[0], x[1].Integers)],
        ["ReverseV2"] = (_, x) => [x[1].Integers.Aggregate(x[0], Arrangements.Reverse)],
        ["GatherV2"] = (_, x) => [Arrangements.Gather(x[0], x[1], (int)x[2].Scalar)],
        ["TensorListReserve"] = (_, x) => [new Value([], [], [.. Enumerable.Repeat(Value.Of(), (int)x[1].Scalar)])],
        ["TensorListSetItem"] = (_, x) => [new Value([], [], [.. x[0].List!.Select((item, i) => i == (int)x[1].Scalar ? x[2] : item)])],
        ["TensorListStack"] = (_, x) => [Arrangements.Pack(x[0].List!, axis: 0)],
    };

    public static IReadOnlyList<Value> Evaluate(Node node, IReadOnlyList<Value> inputs) => Table.TryGetValue(node.Op, out var operation)
        ? operation(node, inputs)
        : throw new NotSupportedException($"{node.Op} ({node.Name}) is not evaluated");

    private static Func<Node, IReadOnlyList<Value>, IReadOnlyList<Value>> Unary(Func<double, double> function) => (_, x) => [x[0].Map(function)];

    private static Func<Node, IReadOnlyList<Value>, IReadOnlyList<Value>> Binary(Func<double, double, double> function) => (_, x) =>
    {
        var (left, right) = (x[0], x[1]);
        var rank = Math.Max(left.Rank, right.Rank);
        int[] shape = [.. Enumerable.Range(0, rank).Select(i => Math.Max(Size(left, i), Size(right, i)))];
        return [Value.Generate(shape, position => function(At(left, position), At(right, position)))];

        int Size(Value value, int axis) => axis < rank - value.Rank ? 1 : value.Shape[axis - rank + value.Rank];

        double At(Value value, int[] position)
        {
            var index = 0;
            for (var axis = 0; axis < value.Rank; axis++)
            {
                index = (index * value.Shape[axis]) + (value.Shape[axis] == 1 ? 0 : position[rank - value.Rank + axis]);
            }

            return value.Data[index];
        }
    };

    // The three are stretched to each other.
    private static IReadOnlyList<Value> Select(Value condition, Value left, Value right)
    {
        var both = Binary((a, b) => a != 0 ? 1 : b)(null!, [Binary((a, b) => a + (0 * b))(null!, [condition, left])[0], right])[0].Shape;
        var zeros = Value.Zeros(both);
        var (c, x, y) = (Stretch(condition), Stretch(left), Stretch(right));
        return [zeros with { Data = [.. c.Data.Select((a, i) => a != 0 ? x.Data[i] : y.Data[i])] }];

        Value Stretch(Value value) => Binary((_, a) => a)(null!, [zeros, value])[0];
    }

    private static Func<Node, IReadOnlyList<Value>, IReadOnlyList<Value>> Reduce(Func<List<double>, double> function) => (node, x) =>
    {
        var axes = x[1].Integers.Select(axis => axis < 0 ? axis + x[0].Rank : axis).ToHashSet();
        int[] shape = [.. x[0].Shape.Select((size, axis) => axes.Contains(axis) ? 1 : size)];
        var groups = new Dictionary<string, List<double>>();
        Value.Generate(x[0].Shape, position =>
        {
            var key = string.Join(',', position.Select((p, axis) => axes.Contains(axis) ? 0 : p));
            (groups.TryGetValue(key, out var group) ? group : groups[key] = []).Add(x[0][position]);
            return 0;
        });
        var result = Value.Generate(shape, position => function(groups[string.Join(',', position)]));
        return [node.Flag("keep_dims") ? result : result with { Shape = [.. shape.Where((_, axis) => !axes.Contains(axis))] }];
    };

    private static Value Softmax(Value value)
    {
        var result = value.Map(Math.Exp);
        var width = value.Shape[^1];
        for (var start = 0; start < result.Data.Length; start += width)
        {
            var sum = result.Data.AsSpan(start, width).ToArray().Sum();
            for (var i = start; i < start + width; i++)
            {
                result.Data[i] /= sum;
            }
        }

        return result;
    }

    private static Value Normalized(Node node, IReadOnlyList<Value> x)
    {
        Assert.False(node.Flag("is_training", otherwise: true));
        return Value.Generate(x[0].Shape, position =>
        {
            var c = position[^1];
            return ((x[0][position] - x[3].Data[c]) / Math.Sqrt(x[4].Data[c] + node.Real("epsilon", 1e-4f)) * x[1].Data[c]) + x[2].Data[c];
        });
    }

    // The series of the error function, exact enough below 4; beyond that it is 1.
    private static double Erf(double x)
    {
        if (Math.Abs(x) > 4)
        {
            return Math.Sign(x);
        }

        var (sum, term) = (x, x);
        for (var n = 1; n < 100; n++)
        {
            term *= -x * x / n;
            sum += term / ((2 * n) + 1);
        }

        return 2 / Math.Sqrt(Math.PI) * sum;
    }

    private static List<int> Inserted(this List<int> list, int index, int item)
    {
        list.Insert(index, item);
        return list;
    }
}
