namespace Klever.Formats.MXNet.Shapes;

/// <summary>Element types of what operations give.</summary>
internal static class SymbolTypes
{
    // dtype is the type of the result, and what it is when not given; null means that of the first input.
    private static readonly Dictionary<string, string?> ByAttribute = new(StringComparer.Ordinal)
    {
        ["Cast"] = null,
        ["cumsum"] = null,
        ["softmax"] = null,
        ["log_softmax"] = null,
        ["softmin"] = null,
        ["_zeros"] = "float32",
        ["_ones"] = "float32",
        ["_full"] = "float32",
        ["_arange"] = "float32",
        ["_eye"] = "float32",
        ["_linspace"] = "float32",
        ["Embedding"] = "float32",
        ["argsort"] = "float32",
        ["one_hot"] = "float32",
        ["topk"] = "float32",
        ["argmax"] = "float32",
        ["argmin"] = "float32",
        ["argmax_channel"] = "float32",
        ["_contrib_dequantize"] = "float32",
        ["_image_to_tensor"] = "float32",
        ["shape_array"] = "int64",
        ["size_array"] = "int64",
    };

    /// <param name="output">Which output of the node.</param>
    public static string? Of(SymbolNode node, IReadOnlyList<SymbolValue?> inputs, int output)
    {
        var operation = SymbolOperations.Canonical(node.Operation);
        var first = inputs.Select(input => input?.DType).FirstOrDefault(type => type is not null);
        if (operation == "topk" && GivesValues(node, output))
        {
            return first;
        }

        if (operation == "amp_multicast")
        {
            return Together(node, [.. inputs.Select(input => input?.DType)]);
        }

        if (operation == "Embedding" && inputs.ElementAtOrDefault(1)?.DType is { } weights)
        {
            return weights;
        }

        return ByAttribute.TryGetValue(operation, out var fallback)
            ? MXNetElementTypes.Parse(node.Attributes.Text("dtype")) ?? fallback ?? first
            : first;
    }

    private static bool GivesValues(SymbolNode node, int output) =>
        node.Attributes.Text("ret_typ") is var kind && (kind is "value" or "mask" || (kind == "both" && output == 0));

    // The wider of float16 and float32, or the narrower where that is asked for.
    private static string? Together(SymbolNode node, HashSet<string?> types)
    {
        var narrows = node.Attributes.Flag("cast_narrow", fallback: false);
        return types.Count == 1 ? types.First() : narrows == types.Contains("float16") ? "float16" : VariableTypes.DefaultDType;
    }
}
