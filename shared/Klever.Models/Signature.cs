namespace Klever.Models;

/// <summary>What a model takes, gives and consists of (ORMB v1alpha1, <c>signature</c>).</summary>
public sealed record Signature
{
    public static readonly Signature Empty = new();

    public IReadOnlyList<Tensor> Inputs { get; init; } = [];

    public IReadOnlyList<Tensor> Outputs { get; init; } = [];

    /// <summary>Operation or layer type to how often it occurs, in the order in which the file first names it.</summary>
    public IReadOnlyList<LayerCount> Layers { get; init; } = [];

    public bool Equals(Signature? other) =>
        other is not null && Inputs.SequenceEqual(other.Inputs) && Outputs.SequenceEqual(other.Outputs)
        && Layers.SequenceEqual(other.Layers);

    public override int GetHashCode() => HashCode.Combine(Inputs.Count, Outputs.Count, Layers.Count);
}
