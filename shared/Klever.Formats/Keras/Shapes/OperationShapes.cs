namespace Klever.Formats.Keras.Shapes;

/// <summary>Functions that stand in a model as layers (TFOpLambda and TensorFlowOpLayer of Keras 2, classes of <c>keras.ops</c> of Keras
/// 3): those that work element by element.</summary>
internal static class OperationShapes
{
    private static readonly HashSet<string> Elementwise =
    [
        "abs", "absolute", "add", "addv2", "cast", "divide", "exp", "gelu", "leaky_relu", "log", "maximum", "minimum", "mul",
        "multiply", "neg", "negative", "pow", "power", "realdiv", "relu", "relu6", "rsqrt", "sigmoid", "silu", "softmax", "softplus",
        "sqrt", "square", "sub", "subtract", "swish", "tanh", "truedivide", "truediv",
    ];

    public static IEnumerable<KeyValuePair<string, KerasShapeRule>> Rules { get; } =
        [new("TFOpLambda", Infer), new("TensorFlowOpLayer", Infer)];

    public static IReadOnlyList<IReadOnlyList<long>?> Infer(KerasCall call) =>
        Elementwise.Contains(Function(call)) ? MergeShapes.Elementwise(call) : Dimensions.Nothing;

    private static string Function(KerasCall call)
    {
        var function = call.Layer.ClassName switch
        {
            "TFOpLambda" => call.Config.Text("function") ?? "",
            "TensorFlowOpLayer" => call.Config.Inner("node_def").Text("op") ?? "",
            _ => call.Layer.ClassName,
        };
        return function[(function.LastIndexOf('.') + 1)..].TrimStart('_').ToLowerInvariant();
    }
}
