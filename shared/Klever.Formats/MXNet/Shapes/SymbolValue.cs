namespace Klever.Formats.MXNet.Shapes;

/// <summary>What is known of an output of a node before it is computed.</summary>
/// <param name="Size">Dimensions, -1 where one is not known; null when the rank is not.</param>
/// <param name="DType">A numpy name; null when it is not known.</param>
internal sealed record SymbolValue(long[]? Size, string? DType);
