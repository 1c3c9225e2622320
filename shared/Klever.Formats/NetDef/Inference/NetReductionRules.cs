using Klever.Formats.Shapes;

namespace Klever.Formats.NetDef.Inference;

/// <summary>Products of matrices, and operators that make fewer elements of many.</summary>
internal static class NetReductionRules
{
    private static readonly string[] Reductions =
        ["ReduceL1", "ReduceL2", "ReduceMax", "ReduceMean", "ReduceMin", "ReduceSum"];

    private static readonly string[] ReductionsOfFront = ["ReduceFrontMax", "ReduceFrontMean", "ReduceFrontSum"];

    private static readonly string[] ReductionsOfBack = ["ReduceBackMax", "ReduceBackMean", "ReduceBackSum"];

    private static readonly string[] ToScalar =
        ["AveragedLoss", "SumElements", "SumSqrElements", "Accuracy", "MinReduce"];

    public static IEnumerable<KeyValuePair<string, NetRule>> Table =>
    [
        .. Reductions.Select(name => NetRules.Line(name, Reduce)),
        .. ReductionsOfFront.Select(name => NetRules.Line(name, operation => Drop(operation, fromFront: true))),
        .. ReductionsOfBack.Select(name => NetRules.Line(name, operation => Drop(operation, fromFront: false))),
        .. ToScalar.Select(name => NetRules.Line(name, _ => new TensorFact([]))),
        NetRules.Line("FC", operation => Connect(operation, isTransposed: false)),
        NetRules.Line("Int8FC", operation => Connect(operation, isTransposed: false)),
        NetRules.Line("FCTransposed", operation => Connect(operation, isTransposed: true)),
        NetRules.Line("MatMul", operation => Multiply(operation, "axis_a", "axis_b")),
        NetRules.Line("BatchMatMul", operation => Multiply(operation, axisLeft: null, axisRight: null)),
        NetRules.Line("ArgMax", "int64", Arg),
        NetRules.Line("ArgMin", "int64", Arg),
        new("TopK", TopK),
    ];

    // The input is flattened from axis on; W is [output, input] from its own axis on.
    private static TensorFact Connect(NetOperation operation, bool isTransposed)
    {
        var weights = operation.Size(1);
        var axis = operation.Operator.Integer("axis", otherwise: 1);
        var outputs = (int)Math.Clamp(operation.Operator.Integer("axis_w", otherwise: 1), 0, 64);
        var features = weights is null ? operation.Size(2) is [var bias] ? bias : Dimension.Unknown
            : (isTransposed ? weights.Skip(outputs) : weights.Take(outputs))
                .Aggregate(1L, Dimension.Multiply);
        return operation.Size(0) is { } input && Dimension.Axis(axis, input.Count + 1) is >= 0 and var place
            ? new TensorFact([.. input.Take(place), features])
            : axis == 1 ? new TensorFact([Dimension.Unknown, features]) : TensorFact.Unknown;
    }

    private static TensorFact Multiply(NetOperation operation, string? axisLeft, string? axisRight)
    {
        if (operation.Size(0) is not { Count: >= 1 } left || operation.Size(1) is not { Count: >= 1 } right)
        {
            return TensorFact.Unknown;
        }

        // MatMul flattens both to matrices.
        if (axisLeft is not null)
        {
            left = Flatten(left, operation.Operator.Integer(axisLeft, otherwise: 1));
            right = Flatten(right, operation.Operator.Integer(axisRight!, otherwise: 1));
        }

        if (left.Count < 2 || right.Count < 2)
        {
            return TensorFact.Unknown;
        }

        var rows = operation.Operator.Integer("trans_a") != 0 ? left[^1] : left[^2];
        var columns = operation.Operator.Integer("trans_b") != 0 ? right[^2] : right[^1];
        var batch = TensorFact.Broadcast(new TensorFact([.. left.SkipLast(2)]), new TensorFact([.. right.SkipLast(2)]));
        return new TensorFact([.. batch.Size ?? [], rows, columns]);
    }

    private static long[] Flatten(IReadOnlyList<long> size, long axis)
    {
        var place = Math.Max(0, Dimension.Axis(axis, size.Count + 1));
        return [size.Take(place).Aggregate(1L, Dimension.Multiply), size.Skip(place).Aggregate(1L, Dimension.Multiply)];
    }

    private static TensorFact Reduce(NetOperation operation)
    {
        if (operation.Size(0) is not { } size)
        {
            return TensorFact.Unknown;
        }

        var axes = operation.Operator.Integers("axes") is { Count: > 0 } list
            ? list
            : [.. Enumerable.Range(0, size.Count).Select(axis => (long)axis)];
        var reduced = axes.Select(axis => Dimension.Axis(axis, size.Count)).ToHashSet();
        return operation.Operator.Integer("keepdims", otherwise: 1) != 0
            ? new TensorFact([.. size.Select((length, axis) => reduced.Contains(axis) ? 1 : length)])
            : new TensorFact([.. size.Where((_, axis) => !reduced.Contains(axis))]);
    }

    private static TensorFact Drop(NetOperation operation, bool fromFront)
    {
        var count = (int)Math.Clamp(operation.Operator.Integer("num_reduce_dim", otherwise: 1), 0, 64);
        return operation.Size(0) is { } size
            ? new TensorFact([.. fromFront ? size.Skip(count) : size.SkipLast(count)])
            : TensorFact.Unknown;
    }

    private static TensorFact Arg(NetOperation operation)
    {
        if (operation.Size(0) is not { } size)
        {
            return TensorFact.Unknown;
        }

        var axis = Dimension.Axis(operation.Operator.Integer("axis", otherwise: -1), size.Count);
        return operation.Operator.Integer("keepdims", otherwise: 1) != 0
            ? new TensorFact([.. size.Select((length, i) => i == axis ? 1 : length)])
            : new TensorFact([.. size.Where((_, i) => i != axis)]);
    }

    private static IReadOnlyList<Blob> TopK(NetOperation operation)
    {
        var fact = operation.Size(0) is { Count: > 0 } size
            ? new TensorFact([.. size.SkipLast(1), operation.Operator.Integer("k", otherwise: Dimension.Unknown)])
            : TensorFact.Unknown;
        return [new Blob(operation.DType, fact), new Blob("int64", fact)];
    }
}
