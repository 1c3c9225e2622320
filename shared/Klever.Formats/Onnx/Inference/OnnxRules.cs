using Klever.Formats.Shapes;

namespace Klever.Formats.Onnx.Inference;

/// <summary>What a node gives, of what it is given; outputs that are not told are unknown.</summary>
internal delegate IReadOnlyList<OnnxFact> OnnxRule(OnnxOperation operation);

/// <summary>The table of operations. It is small: most models say what their outputs are.</summary>
internal static class OnnxRules
{
    private static readonly string[] Keeping =
    [
        "Abs", "BatchNormalization", "Ceil", "Celu", "Clip", "Cos", "CumSum", "Dropout", "Elu", "Erf", "Exp", "Floor",
        "Gelu", "GroupNormalization", "HardSigmoid", "HardSwish", "Hardmax", "Identity", "InstanceNormalization",
        "LRN", "LayerNormalization", "LeakyRelu", "Log", "LogSoftmax", "LpNormalization", "MeanVarianceNormalization",
        "Mish", "Neg", "Not", "PRelu", "Reciprocal", "Relu", "Round", "Selu", "Sigmoid", "Sign", "Sin", "Softmax",
        "Softplus", "Softsign", "Sqrt", "Tanh", "ThresholdedRelu", "Trilu",
    ];

    private static readonly string[] Combining =
        ["Add", "And", "Div", "Max", "Mean", "Min", "Mod", "Mul", "Or", "Pow", "Sub", "Sum", "Xor"];

    private static readonly string[] Comparing = ["Equal", "Greater", "GreaterOrEqual", "Less", "LessOrEqual"];

    private static readonly Dictionary<string, OnnxRule> Table = new(
        [
            .. Keeping.Select(name => Line(name, operation => operation.Input(0))),
            .. Combining.Select(name => Line(name, Broadcast)),
            .. Comparing.Select(name => KeyValuePair.Create<string, OnnxRule>(
                name, operation => [new OnnxFact("bool", Broadcast(operation))])),
            .. OnnxWindowRules.Table, .. OnnxShapeRules.Table,
        ],
        StringComparer.Ordinal);

    public static IReadOnlyList<OnnxFact> Apply(OnnxOperation operation) =>
        Table.TryGetValue(operation.Node.Type, out var rule) ? rule(operation) : [];

    /// <summary>A line of the table: one output of the type of the first input.</summary>
    public static KeyValuePair<string, OnnxRule> Line(string name, Func<OnnxOperation, TensorFact> rule) =>
        new(name, operation => [new OnnxFact(operation.DType, rule(operation))]);

    private static TensorFact Broadcast(OnnxOperation operation) =>
        operation.Inputs.Select(input => input.Shape).Aggregate(TensorFact.Scalar(0), TensorFact.Broadcast);
}
