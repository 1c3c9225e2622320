namespace Klever.Formats.Keras;

/// <summary>A Sequential or functional model, of any version of Keras.</summary>
/// <param name="Inputs">Of a functional model: the tensors of its input layers.</param>
/// <param name="Outputs">Of a functional model.</param>
/// <param name="BuildInputShape">The size that a Sequential model without input shape was once built for.</param>
internal sealed record KerasModel(
    string ClassName,
    string Name,
    bool IsSequential,
    IReadOnlyList<KerasLayer> Layers,
    IReadOnlyList<KerasTensor> Inputs,
    IReadOnlyList<KerasTensor> Outputs,
    IReadOnlyList<long>? BuildInputShape);
