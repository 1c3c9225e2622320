namespace Klever.Conversion.H5ToSavedModel.TensorFlow;

/// <summary>A function of the library, such as the body of a loop.</summary>
/// <param name="Inputs">Arguments, which nodes of the body name as inputs.</param>
/// <param name="Outputs">Name, type, and the tensor of the body that it is.</param>
internal sealed record TfFunction(
    string Name,
    IReadOnlyList<(string Name, TfType Type)> Inputs,
    IReadOnlyList<(string Name, TfType Type, string Tensor)> Outputs,
    IReadOnlyList<TfNode> Nodes);
