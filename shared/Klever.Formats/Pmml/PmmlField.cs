namespace Klever.Formats.Pmml;

/// <summary>A field of the data dictionary, or of a model's output.</summary>
/// <param name="Values">Intervals first, then valid values, as JPMML prints them.</param>
internal sealed record PmmlField(string Name, string? DataType, string? OpType, IReadOnlyList<string> Values);
