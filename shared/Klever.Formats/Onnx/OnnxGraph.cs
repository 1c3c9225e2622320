using Klever.Formats.Onnx.Inference;
using Klever.Models;

namespace Klever.Formats.Onnx;

/// <summary>What is kept of a GraphProto.</summary>
internal sealed class OnnxGraph
{
    /// <summary>Declared inputs; up to IR version 3 the initializers are repeated among them.</summary>
    public List<Tensor> Inputs { get; } = [];

    public List<Tensor> Outputs { get; } = [];

    /// <summary>Names of dense and sparse initializers, wherever they stand in the file.</summary>
    public HashSet<string> Initializers { get; } = new(StringComparer.Ordinal);

    /// <summary>value_info, as far as an output may need it.</summary>
    public Dictionary<string, Tensor> Values { get; } = new(StringComparer.Ordinal);

    /// <summary>Nodes of the main graph: a call of a function or an If counts as one, what is inside of it does
    /// not.</summary>
    public LayerCounter Layers { get; } = new();

    /// <summary>Whether every output says its own type and shape.</summary>
    public bool OutputsAreDescribed => Outputs.Count > 0 && Outputs.TrueForAll(IsDescribed);

    /// <summary>Nodes and small tensors, should an output not say what it is.</summary>
    public OnnxOutline Outline { get; } = new();

    /// <param name="file">Named in errors.</param>
    public Signature ToSignature(ModelFile file) => new()
    {
        Inputs = [.. Inputs.Where(input => !Initializers.Contains(input.Name))],
        Outputs = OutputsAreDescribed ? Outputs : Describe(file),
        Layers = Layers.ToList(),
    };

    private List<Tensor> Describe(ModelFile file)
    {
        var outputs = Outputs.ConvertAll(
            output => IsDescribed(output) ? output : Values.GetValueOrDefault(output.Name, output));
        if (outputs.TrueForAll(IsDescribed) || Outline.Bytes.Length == 0)
        {
            return outputs;
        }

        var inference = new OnnxInference(
            Inputs.Where(input => !Initializers.Contains(input.Name)).Concat(Values.Values));
        try
        {
            inference.Run(file, Outline.Bytes);
        }
        catch (ModelReadException)
        {
            // What is damaged only in attributes that nobody else reads leaves the outputs as they are.
            return outputs;
        }

        return outputs.ConvertAll(inference.Describe);
    }

    // A sequence or map has a type and never a size.
    private static bool IsDescribed(Tensor tensor) =>
        tensor.DType is not null && (tensor.Size is not null || tensor.DType.Contains('('));
}
