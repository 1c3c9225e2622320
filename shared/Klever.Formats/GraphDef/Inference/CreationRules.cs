using Klever.Formats.Shapes;

namespace Klever.Formats.GraphDef.Inference;

/// <summary>Operations that make tensors of nothing, or of a shape.</summary>
internal static class CreationRules
{
    private static readonly string[] OfAShapeInput =
    [
        "Empty", "Fill", "ParameterizedTruncatedNormal", "RandomStandardNormal", "RandomUniform", "RandomUniformInt",
        "StatelessRandomNormal", "StatelessRandomUniform", "StatelessRandomNormalV2", "StatelessRandomUniformV2",
        "TruncatedNormal",
    ];

    public static IEnumerable<KeyValuePair<string, ShapeRule>> Table =>
    [
        .. OfAShapeInput.Select(
            name => KeyValuePair.Create<string, ShapeRule>(name, operation => OfShapeInput(operation))),
        new("BroadcastTo", operation => OfShape(operation.Input(1))),
        new("Const", Constant),
        new("HostConst", Constant),
        new("Range", Range),
        new("LinSpace", operation => new TensorFact([operation.Scalar(2)])),
        new("Eye", _ => TensorFact.OfRank(2)),
        new("Variable", Declared),
        new("VariableV2", Declared),
        new("VarHandleOp", Declared),
        new("TemporaryVariable", Declared),
        new("ReadVariableOp", operation => operation.Input(0)),
        new("ImmutableConst", Declared),
        new("ParseTensor", _ => TensorFact.Unknown),
    ];

    /// <summary>A tensor of the shape that another tensor holds.</summary>
    public static TensorFact OfShape(TensorFact shape) =>
        shape.Elements is { } lengths
            ? new TensorFact([.. lengths.Select(length => length == -1 ? Dimension.Unknown : length)])
        : shape.Size is [>= 0 and <= int.MaxValue and var rank] ? TensorFact.OfRank((int)rank)
        : TensorFact.Unknown;

    private static TensorFact OfShapeInput(Operation operation)
    {
        var fact = OfShape(operation.Input(0));
        var isFilledVector = operation.Node.Type == "Fill" && fact.Size is [>= 0 and <= 64]
            && operation.Elements(1) is [_];
        return isFilledVector
            ? TensorFact.Vector([.. Enumerable.Repeat(operation.Scalar(1), (int)fact.Size![0])])
            : fact;
    }

    private static TensorFact Constant(Operation operation) =>
        operation.Node.Tensor("value") is { } constant
            ? new TensorFact(constant.Size ?? [], constant.Elements)
            : TensorFact.Unknown;

    private static TensorFact Declared(Operation operation) =>
        operation.Node.Shape("shape") is { } shape
            ? new TensorFact([.. shape.Select(length => length < 0 ? Dimension.Unknown : length)])
            : TensorFact.Unknown;

    private static TensorFact Range(Operation operation)
    {
        var (start, limit, step) = (operation.Scalar(0), operation.Scalar(1), operation.Scalar(2));
        if (start == 0 && step == 1 && !Dimension.IsKnown(limit))
        {
            return new TensorFact([limit]);
        }

        if (!Dimension.IsKnown(start) || !Dimension.IsKnown(limit) || !Dimension.IsKnown(step) || step == 0)
        {
            return TensorFact.OfRank(1);
        }

        var count = Dimension.Divide(
            Dimension.Add(Dimension.Subtract(limit, start), Dimension.Subtract(step, Math.Sign(step))), step);
        return count is >= 0 and <= 64
            ? TensorFact.Vector([.. Enumerable.Range(0, (int)count).Select(i => start + (i * step))])
            : new TensorFact([count < 0 && Dimension.IsKnown(count) ? 0 : count]);
    }
}
