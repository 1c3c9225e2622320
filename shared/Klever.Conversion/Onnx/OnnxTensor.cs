namespace Klever.Conversion.Onnx;

/// <summary>An initializer.</summary>
internal sealed record OnnxTensor(string Name, OnnxElementType Type, IReadOnlyList<long> Size, TensorContent Content);
