using Klever.Conversion.H5ToSavedModel.TensorFlow;

namespace Klever.Conversion.H5ToSavedModel;

/// <summary>A tensor of the graph with what is known of it.</summary>
/// <param name="Size">Dimensions, -1 unknown; null when not even their number is known.</param>
/// <param name="Mask">Which steps of a sequence count; null when all do.</param>
internal sealed record GraphValue(
    string Tensor, IReadOnlyList<long>? Size, TfType Type = TfType.Float, GraphMask? Mask = null);

/// <summary>A tensor of booleans that travels with another, as Keras' masks do.</summary>
internal sealed record GraphMask(string Tensor, IReadOnlyList<long> Size);
