namespace Klever.Conversion.MXNetToOnnx;

/// <summary>A weight of an ONNX graph.</summary>
/// <param name="DType">A numpy name.</param>
internal sealed record OnnxInitializer(string Name, string DType, long[] Size, TensorContent Content);

/// <summary>An input or output of an ONNX graph.</summary>
/// <param name="Size">-1 where a dimension is free; null when the rank is not known.</param>
internal sealed record OnnxValue(string Name, string DType, long[]? Size);
