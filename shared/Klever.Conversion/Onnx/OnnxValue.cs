namespace Klever.Conversion.Onnx;

/// <summary>An input or output of the graph.</summary>
/// <param name="Size">-1 is a dimension that stays open, written as a symbol; null for an unknown rank.</param>
internal sealed record OnnxValue(string Name, OnnxElementType Type, IReadOnlyList<long>? Size);
