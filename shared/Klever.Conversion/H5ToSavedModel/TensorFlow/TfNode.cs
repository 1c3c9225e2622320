namespace Klever.Conversion.H5ToSavedModel.TensorFlow;

/// <summary>A node of a graph.</summary>
/// <param name="Inputs"><c>node</c>, <c>node:1</c>, or <c>^node</c> for what has to run before.</param>
/// <param name="Value">Of a Const.</param>
/// <param name="IsWeight">Whether this Const may become a variable.</param>
internal sealed record TfNode(
    string Name,
    string Op,
    IReadOnlyList<string> Inputs,
    IReadOnlyList<TfAttribute> Attributes,
    TfTensor? Value = null,
    bool IsWeight = false);
