using Klever.Formats.Shapes;

namespace Klever.Formats.GraphDef.Inference;

/// <summary>Operations that hand tensors on.</summary>
internal static class ControlRules
{
    // What goes in as the n-th comes out as the n-th.
    private static readonly string[] Passing =
        ["IdentityN", "TupleBarrier", "Copy", "CopyHost", "_Retval", "_Arg", "DeepCopy"];

    private static readonly string[] PassingFirst =
    [
        "Enter", "Exit", "LoopCond", "NextIteration", "RefEnter", "RefExit", "RefIdentity", "RefSwitch", "Switch",
        "PlaceholderWithDefault",
    ];

    public static IEnumerable<KeyValuePair<string, ShapeRule>> Table =>
    [
        .. Passing.Select(
            name => KeyValuePair.Create<string, ShapeRule>(name, operation => operation.Input(operation.Output))),
        .. PassingFirst.Select(name => KeyValuePair.Create<string, ShapeRule>(name, operation => operation.Input(0))),
        new("Merge", Merge),
        new("RefMerge", Merge),
    ];

    // The value is that of whichever input arrives; a loop arrives from outside or from its own end, which has no fact
    // here.
    private static TensorFact Merge(Operation operation)
    {
        if (operation.Output > 0)
        {
            return new TensorFact([]);
        }

        var isLoop = operation.Node.Inputs.Exists(
            input => input.Node.Contains("NextIteration", StringComparison.Ordinal));
        return operation.Inputs.Skip(1).Take(isLoop ? 0 : int.MaxValue).Aggregate(operation.Input(0), Common);
    }

    private static TensorFact Common(TensorFact left, TensorFact right) =>
        left.Size is { } a && right.Size is { } b && a.Count == b.Count
            ? new TensorFact([.. a.Zip(b, (x, y) => x == y ? x : Dimension.Unknown)])
            : TensorFact.Unknown;
}
