namespace Klever.Samples;

/// <summary>A weight of a Keras layer.</summary>
public sealed record KerasWeight(string Name, IReadOnlyList<int> Shape, float[] Values);
