namespace Klever.Formats.SavedModel;

/// <summary>What is kept of a TensorInfo.</summary>
/// <param name="GraphTensors">Names such as <c>StatefulPartitionedCall:0</c>; several for a sparse or composite
/// tensor.</param>
internal sealed record TensorInfo(string? DType, IReadOnlyList<long>? Size, IReadOnlyList<string> GraphTensors);
