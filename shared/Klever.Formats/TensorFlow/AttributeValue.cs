namespace Klever.Formats.TensorFlow;

/// <summary>An AttrValue: a number, flag or type; or as content a text, a list of numbers, shapes, or a small
/// constant.</summary>
internal readonly record struct AttributeValue(long? Number, object? Content);

/// <summary>Shapes in an attribute; null is one of unknown rank.</summary>
internal sealed record AttributeShapes(List<IReadOnlyList<long>?> List);

/// <summary>A TensorProto.</summary>
/// <param name="Type">TensorFlow's DataType.</param>
/// <param name="Size">Dimensions; null when the file gives none.</param>
/// <param name="Elements">The content when it is of integers and small, else null: weights are never held.</param>
internal sealed record ConstantTensor(long Type, IReadOnlyList<long>? Size, IReadOnlyList<long>? Elements);
