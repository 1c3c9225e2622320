using Klever.Formats.Shapes;

namespace Klever.Formats.Onnx.Inference;

/// <summary>What is known of a value: its type as a numpy name, and its shape.</summary>
internal readonly record struct OnnxFact(string? DType, TensorFact Shape)
{
    public static readonly OnnxFact Unknown = new(DType: null, TensorFact.Unknown);
}
