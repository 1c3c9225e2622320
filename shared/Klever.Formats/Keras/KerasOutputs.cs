namespace Klever.Formats.Keras;

/// <summary>The names of a model's outputs: those of the layers that make them.</summary>
internal static class KerasOutputs
{
    /// <summary>The layer's name, with <c>:k</c> behind it for an output that is not the layer's first.</summary>
    public static IReadOnlyList<string> Names(KerasModel model) => model.IsSequential
        ? model.Layers.Count == 0 ? [] : [model.Layers[^1].Name]
        : [.. model.Outputs.Select(output => output.Index > 0 ? $"{output.Layer}:{output.Index}" : output.Layer)];
}
