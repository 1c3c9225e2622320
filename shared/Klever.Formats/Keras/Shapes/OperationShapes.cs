namespace Klever.Formats.Keras.Shapes;

/// <summary>TensorFlow functions that stand in a model as layers (TFOpLambda): those that work element by
/// element.</summary>
internal static class OperationShapes
{
    private static readonly HashSet<string> Elementwise =
    [
        "abs", "add", "cast", "divide", "exp", "gelu", "leaky_relu", "log", "maximum", "minimum", "multiply",
        "negative", "pow", "relu",
        "relu6", "rsqrt", "sigmoid", "softmax", "softplus", "sqrt", "square", "subtract", "swish", "tanh", "truediv",
    ];

    public static IEnumerable<KeyValuePair<string, KerasShapeRule>> Rules { get; } =
    [
        new("TFOpLambda", call => Elementwise.Contains(Function(call)) ? MergeShapes.Elementwise(call) : Dimensions.Nothing),
    ];

    private static string Function(KerasCall call)
    {
        var function = call.Config.Text("function") ?? "";
        return function[(function.LastIndexOf('.') + 1)..].TrimStart('_');
    }
}
