namespace Klever.Formats.MXNet.Shapes;

/// <summary>Element types of what operations give.</summary>
internal static class SymbolTypes
{
    // dtype is the type of the result, and what it is when not given; null means that of the first input.
    private static readonly Dictionary<string, string?> ByAttribute = new(StringComparer.Ordinal)
    {
        ["Cast"] = null,
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
        ["shape_array"] = "int64",
        ["size_array"] = "int64",
    };

    public static string? Of(SymbolNode node, IReadOnlyList<SymbolValue?> inputs)
    {
        var operation = SymbolOperations.Canonical(node.Operation);
        var first = inputs.Select(input => input?.DType).FirstOrDefault(type => type is not null);
        if (operation == "topk" && node.Attributes.Text("ret_typ") is "value" or "mask")
        {
            return first;
        }

        if (operation == "Embedding" && inputs.ElementAtOrDefault(1)?.DType is { } weights)
        {
            return weights;
        }

        return ByAttribute.TryGetValue(operation, out var fallback)
            ? MXNetElementTypes.Parse(node.Attributes.Text("dtype")) ?? fallback ?? first
            : first;
    }
}
