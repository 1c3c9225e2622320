namespace Klever.Conversion.H5ToSavedModel.Layers;

/// <summary>What attention is called with. Without a key it is the value.</summary>
internal sealed record AttentionInputs(GraphValue Query, GraphValue Value, GraphValue Key, GraphValue? Mask, bool HasKey)
{
    private static readonly string[] Order = ["query", "value", "key"];

    public static AttentionInputs Of(KerasEmission layer)
    {
        List<string?> names = layer.Node is null ? [] : [.. KerasCallArguments.TensorNames(layer.Node).Where(name => !KerasGivenMasks.IsMask(name))];
        var found = new Dictionary<string, GraphValue>(StringComparer.Ordinal);
        var position = 0;
        for (var i = 0; i < layer.Inputs.Count; i++)
        {
            var given = i < names.Count ? names[i] : null;
            var name = given is null or "inputs" ? (position < Order.Length ? Order[position++] : "more") : given;
            found[name] = layer.Inputs[i];
        }

        if (!found.TryGetValue("query", out var query) || !found.TryGetValue("value", out var value)
            || found.ContainsKey("more") || found.Where(pair => pair.Key != "attention_mask").Any(pair => pair.Value.Size?.Count != 3))
        {
            throw layer.Refuse("it is converted for query, value and key of three dimensions");
        }

        var hasKey = found.TryGetValue("key", out var key) && key.Tensor != value.Tensor;
        return new AttentionInputs(query, value, key ?? value, found.GetValueOrDefault("attention_mask"), hasKey);
    }
}
