using Klever.Models;

namespace Klever.Formats.SavedModel;

/// <summary>What is kept of a SignatureDef: tensors by key, since a map has no order in protobuf.</summary>
internal sealed class SignatureDef
{
    public SortedDictionary<string, TensorInfo> Inputs { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, TensorInfo> Outputs { get; } = new(StringComparer.Ordinal);

    public static IReadOnlyList<Tensor> Tensors(SortedDictionary<string, TensorInfo> tensors) =>
        [.. tensors.Select(pair => new Tensor { Name = pair.Key, DType = pair.Value.DType, Size = pair.Value.Size })];
}
