using Klever.Formats.Shapes;

namespace Klever.Formats.GraphDef.Inference;

/// <summary>Operations that look at one element at a time.</summary>
internal static class ElementwiseRules
{
    private static readonly string[] OfOneInput =
    [
        "Abs", "Acos", "Acosh", "Asin", "Asinh", "Atan", "Atanh", "Bitcast", "Ceil", "Conj", "Cos", "Cosh", "Digamma",
        "Elu", "Erf", "Erfc", "Exp", "Expm1", "Floor", "Inv", "Invert", "IsFinite", "IsInf", "IsNan", "LeakyRelu",
        "Lgamma", "Log", "Log1p", "LogicalNot", "LogSoftmax", "Neg", "Reciprocal", "Relu", "Relu6", "Rint", "Round",
        "Rsqrt", "Selu", "Sigmoid", "Sign", "Sin", "Sinh", "Softmax", "Softplus", "Softsign", "Sqrt", "Square", "Tan",
        "Tanh", "Erfinv", "Ndtri", "BiasAdd", "BiasAddV1", "LRN", "Cumsum", "Cumprod", "Reverse", "ReverseV2",
        "ReverseSequence", "RandomShuffle", "InvertPermutation", "L2Normalize", "ClipByValue", "CheckNumerics",
        "FakeQuantWithMinMaxVars", "FakeQuantWithMinMaxArgs", "FakeQuantWithMinMaxVarsPerChannel",
        "QuantizeAndDequantizeV2", "QuantizeAndDequantizeV3", "Dequantize", "ZerosLike", "OnesLike", "Cast",
        "MatrixInverse", "AsString", "Bucketize", "StringLower", "StringUpper", "StringStrip", "RegexReplace",
        "StaticRegexReplace", "StringToNumber", "StringToHashBucketFast", "StringLength", "DecodeBase64",
        "EncodeBase64", "Identity", "StopGradient", "PreventGradient", "Snapshot", "Print", "EnsureShape", "FFT",
        "IFFT", "AdjustContrastv2", "RGBToHSV", "HSVToRGB", "Angle", "ComplexAbs", "Real", "Imag", "LookupTableFind",
    ];

    private static readonly string[] OfTwoInputs =
    [
        "Atan2", "BitwiseAnd", "BitwiseOr", "BitwiseXor", "Div", "DivNoNan", "Equal", "FloorMod", "Greater",
        "GreaterEqual", "LeftShift", "Less", "LessEqual", "LogicalAnd", "LogicalOr", "Mod", "MulNoNan", "NotEqual",
        "Pow", "RealDiv", "RightShift", "SquaredDifference", "TruncateMod", "Xdivy", "Xlogy", "Xlog1py",
        "ApproximateEqual", "Complex", "NextAfter", "Igamma", "Igammac",
    ];

    // Their elements are computed too where they are integers: these are what shapes are made of.
    private static readonly Dictionary<string, Func<long, long, long>> Arithmetic = new(StringComparer.Ordinal)
    {
        ["Add"] = Dimension.Add,
        ["AddV2"] = Dimension.Add,
        ["Sub"] = Dimension.Subtract,
        ["Mul"] = Dimension.Multiply,
        ["FloorDiv"] = Dimension.Divide,
        ["TruncateDiv"] = Dimension.Divide,
        ["Maximum"] = (left, right) =>
            Dimension.IsKnown(left) && Dimension.IsKnown(right) ? Math.Max(left, right) : Dimension.Unknown,
        ["Minimum"] = (left, right) =>
            Dimension.IsKnown(left) && Dimension.IsKnown(right) ? Math.Min(left, right) : Dimension.Unknown,
    };

    public static IEnumerable<KeyValuePair<string, ShapeRule>> Table =>
    [
        .. OfOneInput.Select(name => KeyValuePair.Create<string, ShapeRule>(name, SameAsFirst)),
        .. OfTwoInputs.Select(name => KeyValuePair.Create<string, ShapeRule>(name, Broadcast)),
        .. Arithmetic.Select(
            pair => KeyValuePair.Create<string, ShapeRule>(pair.Key, operation => Compute(operation, pair.Value))),
        new("AddN", MergeAll),
        new("Select", operation => operation.Input(1)),
        new("SelectV2", BroadcastAll),
        new("LookupTableFindV2", operation => new TensorFact(operation.Size(1))),
    ];

    private static TensorFact SameAsFirst(Operation operation) => operation.Input(0);

    private static TensorFact Broadcast(Operation operation) =>
        TensorFact.Broadcast(operation.Input(0), operation.Input(1));

    private static TensorFact BroadcastAll(Operation operation) =>
        operation.Inputs.Aggregate(TensorFact.Scalar(0), TensorFact.Broadcast);

    private static TensorFact MergeAll(Operation operation) =>
        operation.Inputs.FirstOrDefault(input => input.Size is not null) is { } known
            ? new TensorFact(known.Size)
            : TensorFact.Unknown;

    private static TensorFact Compute(Operation operation, Func<long, long, long> compute)
    {
        var shape = Broadcast(operation);
        if (operation.Elements(0) is not { Count: > 0 } left || operation.Elements(1) is not { Count: > 0 } right
            || shape.Size is not { Count: <= 1 } || (left.Count != right.Count && left.Count != 1 && right.Count != 1))
        {
            return shape;
        }

        var elements = new long[Math.Max(left.Count, right.Count)];
        for (var i = 0; i < elements.Length; i++)
        {
            elements[i] = compute(left[i % left.Count], right[i % right.Count]);
        }

        return new TensorFact(shape.Size, elements);
    }
}
