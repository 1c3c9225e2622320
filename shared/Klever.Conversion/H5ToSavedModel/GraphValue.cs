using Klever.Formats.Keras;

namespace Klever.Conversion.H5ToSavedModel;

/// <summary>A tensor of the graph with what Keras knows of it.</summary>
internal sealed record GraphValue(string Tensor, KerasValue Value)
{
    public IReadOnlyList<long>? Size => Value.Size;
}
