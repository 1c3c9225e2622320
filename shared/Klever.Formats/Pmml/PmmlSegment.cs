namespace Klever.Formats.Pmml;

/// <summary>A member of an ensemble.</summary>
/// <param name="IsAlways">Whether its predicate is <c>True</c>.</param>
internal sealed record PmmlSegment(bool IsAlways, PmmlModel? Model);
