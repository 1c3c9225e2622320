namespace Klever.Formats.Pmml;

/// <summary>A field of a model's <c>Output</c>.</summary>
/// <param name="Target">The target that it tells of; null for the only one.</param>
internal sealed record PmmlOutputField(PmmlField Field, string? Feature, string? Target);
