namespace Klever.Conversion.H5ToSavedModel.TensorFlow;

/// <summary>An input or output of the signature.</summary>
/// <param name="Key">In the signature.</param>
/// <param name="Tensor">Such as <c>serving_default_x:0</c>.</param>
internal sealed record TfSignatureTensor(string Key, string Tensor, TfType Type, IReadOnlyList<long>? Shape);

/// <summary>A graph with its signature <c>serving_default</c>.</summary>
internal sealed record TfSavedModel(
    IReadOnlyList<TfNode> Nodes,
    IReadOnlyList<TfFunction> Functions,
    IReadOnlyList<TfSignatureTensor> Inputs,
    IReadOnlyList<TfSignatureTensor> Outputs)
{
    public long WeightBytes => Nodes.Where(node => node.IsWeight).Sum(node => node.Value!.ByteLength);
}
