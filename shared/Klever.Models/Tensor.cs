namespace Klever.Models;

/// <summary>An input or output of a model, as an ormbfile declares it (ORMB v1alpha1, <c>signature.inputs</c>).</summary>
public sealed record Tensor
{
    public required string Name { get; init; }

    /// <summary>Dimensions; -1 where one is unknown until run time, empty for a scalar, null when even the rank is unknown.</summary>
    public IReadOnlyList<long>? Size { get; init; }

    /// <summary>A numpy type name such as <c>float32</c>; for PMML the PMML data type.</summary>
    public string? DType { get; init; }

    /// <summary>PMML operational type: <c>continuous</c>, <c>categorical</c> or <c>ordinal</c>.</summary>
    public string? OpType { get; init; }

    /// <summary>PMML: intervals first, then valid values, as text.</summary>
    public IReadOnlyList<string>? Values { get; init; }

    public bool Equals(Tensor? other) =>
        other is not null && Name == other.Name && DType == other.DType && OpType == other.OpType
        && Same(Size, other.Size) && Same(Values, other.Values);

    public override int GetHashCode() => HashCode.Combine(Name, DType, OpType, Size?.Count, Values?.Count);

    public override string ToString() =>
        $"{Name}: {DType ?? "?"}{(Size is null ? "" : "[" + string.Join(", ", Size) + "]")}";

    private static bool Same<T>(IReadOnlyList<T>? left, IReadOnlyList<T>? right) =>
        left is null ? right is null : right is not null && left.SequenceEqual(right);
}
