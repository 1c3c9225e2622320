namespace Klever.Formats.Keras;

/// <summary>The names of a model's outputs: those of the layers that make them.</summary>
internal static class KerasOutputs
{
    /// <summary>The layer's name, with <c>:k</c> behind it for an output that is not the layer's first, and <c>_k</c> as Keras adds it for
    /// a name that was given before.</summary>
    public static IReadOnlyList<string> Names(KerasModel model)
    {
        if (model.IsSequential)
        {
            return model.Layers.Count == 0 ? [] : [model.Layers[^1].Name];
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        return [.. model.Outputs.Select(output => Unique(
            names, counts, output.Index > 0 ? $"{output.Layer}:{output.Index}" : output.Layer))];
    }

    private static string Unique(HashSet<string> names, Dictionary<string, int> counts, string name)
    {
        var unique = name;
        while (!names.Add(unique))
        {
            counts[name] = counts.GetValueOrDefault(name) + 1;
            unique = $"{name}_{counts[name]}";
        }

        return unique;
    }
}
