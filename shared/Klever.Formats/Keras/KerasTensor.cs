namespace Klever.Formats.Keras;

/// <summary>A tensor inside a functional model, by the layer that makes it, which call of the layer, and which of its
/// outputs.</summary>
/// <param name="Known">What the file itself says of it (Keras 3), else nothing.</param>
internal sealed record KerasTensor(string Layer, int Node, int Index, KerasValue Known);
