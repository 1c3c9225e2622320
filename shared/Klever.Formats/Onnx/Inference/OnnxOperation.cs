using Klever.Formats.Shapes;

namespace Klever.Formats.Onnx.Inference;

/// <summary>A node whose inputs are known, as far as they can be: what a rule of the table looks at.</summary>
internal sealed record OnnxOperation(OnnxNode Node, IReadOnlyList<OnnxFact> Inputs)
{
    public string? DType => Inputs.Count > 0 ? Inputs[0].DType : null;

    public TensorFact Input(int place) => place < Inputs.Count ? Inputs[place].Shape : TensorFact.Unknown;

    public IReadOnlyList<long>? Size(int place) => Input(place).Size;

    public long Integer(string attribute, long otherwise) => Node.Integers.GetValueOrDefault(attribute, otherwise);

    /// <summary>Numbers that older operator sets have as an attribute and newer ones as an input.</summary>
    public IReadOnlyList<long>? Numbers(string attribute, int input) =>
        Node.Lists.GetValueOrDefault(attribute) ?? Input(input).Elements;
}
