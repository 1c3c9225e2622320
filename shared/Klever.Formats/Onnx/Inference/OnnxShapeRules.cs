using Klever.Formats.Shapes;

namespace Klever.Formats.Onnx.Inference;

/// <summary>Operations that give elements another shape, join tensors, reduce them or take parts of them.</summary>
internal static class OnnxShapeRules
{
    private static readonly string[] Reductions =
    [
        "ReduceL1", "ReduceL2", "ReduceLogSum", "ReduceLogSumExp", "ReduceMax", "ReduceMean", "ReduceMin",
        "ReduceProd", "ReduceSum", "ReduceSumSquare",
    ];

    public static IEnumerable<KeyValuePair<string, OnnxRule>> Table =>
    [
        .. Reductions.Select(name => OnnxRules.Line(name, Reduce)),
        OnnxRules.Line("Reshape", Reshape),
        OnnxRules.Line("Flatten", Flatten),
        OnnxRules.Line("Transpose", Transpose),
        OnnxRules.Line("Squeeze", Squeeze),
        OnnxRules.Line("Unsqueeze", Unsqueeze),
        OnnxRules.Line("Gather", operation =>
            operation.Input(0).Gather(operation.Input(1), operation.Integer("axis", otherwise: 0))),
        OnnxRules.Line("Concat", operation => TensorFact.Concatenate(
            operation.Integer("axis", otherwise: 1), [.. operation.Inputs.Select(input => input.Shape)])),
        new("Cast", operation =>
            [new OnnxFact(OnnxElementTypes.Name(operation.Integer("to", otherwise: 0)), operation.Input(0))]),
        new("Constant", operation => [operation.Node.Tensor ?? OnnxFact.Unknown]),
        new("Shape", operation =>
            [new OnnxFact("int64", operation.Size(0) is { } size ? TensorFact.Vector(size) : TensorFact.OfRank(1))]),
        new("ArgMax", operation => [new OnnxFact("int64", RemoveOne(operation))]),
        new("ArgMin", operation => [new OnnxFact("int64", RemoveOne(operation))]),
    ];

    // 0 copies a dimension and -1 is the rest.
    private static TensorFact Reshape(OnnxOperation operation)
    {
        if (operation.Numbers("shape", input: 1) is not { } target)
        {
            return operation.Size(1) is [>= 0 and <= 64 and var rank]
                ? TensorFact.OfRank((int)rank)
                : TensorFact.Unknown;
        }

        return operation.Input(0).Reshape([.. target.Select((length, axis) => length != 0 ? length
            : operation.Size(0) is { } size && axis < size.Count ? size[axis]
            : Dimension.Unknown)]);
    }

    private static TensorFact Flatten(OnnxOperation operation)
    {
        if (operation.Size(0) is not { } size)
        {
            return TensorFact.OfRank(2);
        }

        var axis = Math.Max(0, Dimension.Axis(operation.Integer("axis", otherwise: 1), size.Count + 1));
        return new TensorFact(
            [size.Take(axis).Aggregate(1L, Dimension.Multiply), size.Skip(axis).Aggregate(1L, Dimension.Multiply)]);
    }

    private static TensorFact Transpose(OnnxOperation operation) =>
        operation.Node.Lists.GetValueOrDefault("perm") is { } permutation ? operation.Input(0).Transpose(permutation)
        : operation.Size(0) is { } size ? new TensorFact([.. size.Reverse()])
        : TensorFact.Unknown;

    private static TensorFact Squeeze(OnnxOperation operation)
    {
        if (operation.Size(0) is not { } size || operation.Numbers("axes", input: 1) is not { } axes)
        {
            return TensorFact.Unknown;
        }

        var removed = axes.Select(axis => Dimension.Axis(axis, size.Count)).ToHashSet();
        return new TensorFact([.. size.Where((_, axis) => !removed.Contains(axis))], operation.Input(0).Elements);
    }

    private static TensorFact Unsqueeze(OnnxOperation operation)
    {
        if (operation.Size(0) is not { } size || operation.Numbers("axes", input: 1) is not { } axes)
        {
            return TensorFact.Unknown;
        }

        var rank = size.Count + axes.Count;
        var added = axes.Select(axis => Dimension.Axis(axis, rank)).ToHashSet();
        var rest = new Queue<long>(size);
        return new TensorFact(
            [.. Enumerable.Range(0, rank).Select(axis => added.Contains(axis) || rest.Count == 0 ? 1 : rest.Dequeue())],
            operation.Input(0).Elements);
    }

    private static TensorFact Reduce(OnnxOperation operation)
    {
        if (operation.Size(0) is not { } size)
        {
            return TensorFact.Unknown;
        }

        var keeps = operation.Integer("keepdims", otherwise: 1) != 0;
        var axes = operation.Numbers("axes", input: 1);
        if (axes is null && operation.Inputs.Count > 1)
        {
            return keeps ? TensorFact.OfRank(size.Count) : TensorFact.Unknown;
        }

        var reduced = axes?.Select(axis => Dimension.Axis(axis, size.Count)).ToHashSet();
        return keeps
            ? new TensorFact([.. size.Select((length, axis) => reduced?.Contains(axis) ?? true ? 1 : length)])
            : new TensorFact([.. size.Where((_, axis) => !(reduced?.Contains(axis) ?? true))]);
    }

    private static TensorFact RemoveOne(OnnxOperation operation)
    {
        if (operation.Size(0) is not { } size)
        {
            return TensorFact.Unknown;
        }

        var axis = Dimension.Axis(operation.Integer("axis", otherwise: 0), size.Count);
        return operation.Integer("keepdims", otherwise: 1) != 0
            ? new TensorFact([.. size.Select((length, i) => i == axis ? 1 : length)])
            : new TensorFact([.. size.Where((_, i) => i != axis)]);
    }
}
