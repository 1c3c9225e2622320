using Klever.Formats.Shapes;

namespace Klever.Formats.NetDef.Inference;

/// <summary>Operators that keep the shape of their first input, and those that combine inputs element by
/// element.</summary>
internal static class NetElementwiseRules
{
    private static readonly string[] Keeping =
    [
        "Abs", "Acos", "AffineChannel", "Alias", "Asin", "Atan", "BatchBucketize", "Ceil", "ChannelShuffle", "Clip",
        "Copy", "CopyCPUToGPU", "CopyFromCPUInput", "CopyGPUToCPU", "Cos", "Cosh", "Cube", "Dropout",
        "ElementwiseLinear", "Elu", "EnsureCPUOutput", "EnsureDense", "Erf", "Exp", "Floor", "Gelu", "GroupNorm",
        "HardSigmoid", "InstanceNorm", "Int8Relu", "Int8Sigmoid", "Int8Softmax", "Int8ChannelShuffle", "L1Normalize",
        "LRN", "LayerNorm", "LeakyRelu", "Log", "LogFatal", "Logit", "MVN", "NanCheck", "Negative", "Neg",
        "Normalize", "NormalizeL1", "Not", "PRelu", "Print", "RMSNorm", "Reciprocal", "Relu", "Relu6", "ReluN",
        "ReplaceNaN", "Round", "Rsqrt", "Scale", "Selu", "Sigmoid", "Sign", "Sin", "Sinh", "Softmax", "LogSoftmax",
        "Softplus", "Softsign", "SpatialBN", "SpatialSoftmax", "Sqr", "Sqrt", "StopGradient", "StumpFunc", "SumRelu",
        "Swish", "Tan", "Tanh", "ThresholdedRelu", "Identity", "FbDense", "Int8Quantize", "Int8Dequantize",
        "HalfToFloat", "FloatToHalf",
    ];

    private static readonly string[] Combining =
    [
        "Add", "And", "BitwiseAnd", "BitwiseOr", "BitwiseXor", "Div", "Int8Add", "Int8AddRelu", "Mod", "Mul", "Or",
        "Pow", "Sub", "Xor",
    ];

    private static readonly string[] Comparing =
        ["EQ", "Equal", "GE", "GT", "Greater", "LE", "LT", "Less", "NE", "IsMemberOf"];

    private static readonly string[] Merging = ["Max", "Mean", "Min", "Sum", "Int8Sum", "Int8SumRelu"];

    public static IEnumerable<KeyValuePair<string, NetRule>> Table =>
    [
        .. Keeping.Select(name => NetRules.Line(name, operation => operation.Input(0))),
        .. Combining.Select(name => NetRules.Line(name, Broadcast)),
        .. Comparing.Select(name => NetRules.Line(name, "bool", Broadcast)),
        .. Merging.Select(name => NetRules.Line(name, Merge)),
        new("Cast", Cast),
    ];

    // With the old "broadcast" the second input is stretched to the first one; alone it is raised to an argument (Pow).
    private static TensorFact Broadcast(NetOperation operation) =>
        operation.Inputs.Count == 1 || operation.Operator.Integer("broadcast") != 0
            ? new TensorFact(operation.Size(0))
            : TensorFact.Broadcast(operation.Input(0), operation.Input(1));

    private static TensorFact Merge(NetOperation operation) =>
        new(operation.Inputs.Select(input => input.Fact.Size).FirstOrDefault(size => size is not null));

    private static IReadOnlyList<Blob> Cast(NetOperation operation)
    {
        var type = operation.Operator.Text("to") is { Length: > 0 } name
            ? FillOperators.TypeName(name)
            : FillOperators.TypeName(operation.Operator.Integer("to"));
        return [new Blob(type, operation.Input(0))];
    }
}
