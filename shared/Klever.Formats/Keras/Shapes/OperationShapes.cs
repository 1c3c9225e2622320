using Klever.Formats.Keras.Operations;

namespace Klever.Formats.Keras.Shapes;

/// <summary>What a function makes of the sizes of its arguments.</summary>
internal delegate IReadOnlyList<IReadOnlyList<long>?> OperationShapeRule(OperationSizes call);

/// <summary>Functions that stand in a model as layers, by the names that <see cref="KerasOperation"/> gives them.</summary>
internal static class OperationShapes
{
    private static readonly string[] Elementwise =
    [
        "abs", "absolute", "cast", "ceil", "clip", "clipbyvalue", "cos", "cumsum", "elu", "ensureshape", "erf", "exp", "expm1", "floor", "gelu", "hardsigmoid",
        "hardsilu", "hardswish", "identity", "l2normalize", "leakyrelu", "log", "log1p", "logicalnot", "logsigmoid", "logsoftmax", "mish", "neg",
        "negative", "normalize", "oneslike", "reciprocal", "relu", "relu6", "reverse", "reversev2", "flip", "round", "rsqrt", "selu",
        "sigmoid", "sign", "silu", "sin", "softmax", "softplus", "softsign", "sqrt", "square", "stopgradient", "swish", "tanh", "zeroslike",
    ];

    private static readonly string[] Binary =
    [
        "add", "addv2", "biasadd", "div", "divide", "dividenonan", "divnonan", "eq", "equal", "floordiv", "floordivide", "floormod", "greater",
        "greaterequal", "less", "lessequal", "logicaland", "logicalor", "maximum", "minimum", "mod", "mul", "multiply", "ne", "notequal",
        "pow", "power", "realdiv", "squareddifference", "sub", "subtract", "truedivide", "truediv",
    ];

    private static readonly Dictionary<string, OperationShapeRule> Table = new(
    [
        .. Elementwise.Select(name => KeyValuePair.Create<string, OperationShapeRule>(name, call => Dimensions.One(call.Size(0)))),
        .. Binary.Select(name => KeyValuePair.Create<string, OperationShapeRule>(name, call => Dimensions.One(call.Broadcast(0, 1)))),
        .. ArrangementOperationShapes.Rules, .. ReductionOperationShapes.Rules,
    ]);

    public static IEnumerable<KeyValuePair<string, KerasShapeRule>> Rules { get; } =
        [new("TFOpLambda", Infer), new("SlicingOpLambda", Infer), new("TensorFlowOpLayer", Infer)];

    /// <summary>Whether there is a rule for a function, by its name in <see cref="KerasOperation"/>.</summary>
    public static bool Knows(string function) => Table.ContainsKey(function);

    public static IReadOnlyList<IReadOnlyList<long>?> Infer(KerasCall call)
    {
        var operation = KerasOperation.Of(call.Layer, call.Node);
        return Table.TryGetValue(operation.Name, out var rule) ? rule(new OperationSizes(call, operation)) : Dimensions.Nothing;
    }
}
