using Klever.Formats.Shapes;

namespace Klever.Formats.GraphDef.Inference;

/// <summary>Operations that make fewer elements of many.</summary>
internal static class ReductionRules
{
    private static readonly string[] Reductions =
        ["All", "Any", "EuclideanNorm", "Max", "Mean", "Min", "Prod", "Sum", "ReduceJoin"];

    public static IEnumerable<KeyValuePair<string, ShapeRule>> Table =>
    [
        .. Reductions.Select(name => KeyValuePair.Create<string, ShapeRule>(name, Reduce)),
        new("ArgMax", RemoveOne),
        new("ArgMin", RemoveOne),
        new("TopK", operation => TopK(operation, operation.Node.Number("k", Dimension.Unknown))),
        new("TopKV2", operation => TopK(operation, operation.Scalar(1))),
        new("InTopK", operation => new TensorFact(operation.Size(1))),
        new("L2Loss", _ => new TensorFact([])),
    ];

    private static TensorFact Reduce(Operation operation)
    {
        if (operation.Size(0) is not { } size)
        {
            return TensorFact.Unknown;
        }

        var keeps = operation.Node.Flag("keep_dims") || operation.Node.Flag("keepdims");
        if (operation.Elements(1) is not { } axes)
        {
            return keeps ? TensorFact.OfRank(size.Count) : TensorFact.Unknown;
        }

        var reduced = axes.Select(axis => Dimension.Axis(axis, size.Count)).ToHashSet();
        if (operation.Node.Type == "Prod" && size.Count == 1 && operation.Elements(0) is { } factors && !keeps)
        {
            return TensorFact.Scalar(factors.Aggregate(1L, Dimension.Multiply));
        }

        return new TensorFact(keeps
            ? [.. size.Select((length, axis) => reduced.Contains(axis) ? 1 : length)]
            : [.. size.Where((_, axis) => !reduced.Contains(axis))]);
    }

    private static TensorFact RemoveOne(Operation operation)
    {
        if (operation.Size(0) is not { } size)
        {
            return TensorFact.Unknown;
        }

        var axis = operation.Inputs.Count < 2 ? 0 : Dimension.Axis(operation.Scalar(1), size.Count);
        return axis < 0
            ? TensorFact.OfRank(Math.Max(0, size.Count - 1))
            : new TensorFact([.. size.Where((_, i) => i != axis)]);
    }

    private static TensorFact TopK(Operation operation, long k) =>
        operation.Size(0) is { Count: > 0 } size ? new TensorFact([.. size.SkipLast(1), k]) : TensorFact.Unknown;
}
