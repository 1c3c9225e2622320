namespace Klever.Formats.Keras;

/// <summary>What is known of a tensor: dimensions (-1 unknown, null even the rank) and numpy type name.</summary>
internal readonly record struct KerasValue(IReadOnlyList<long>? Size, string? DType);
