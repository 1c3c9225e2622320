using Klever.Formats.Protobuf;
using Klever.Formats.Shapes;
using Klever.Models;

namespace Klever.Formats.Onnx.Inference;

/// <summary>Runs the nodes of an outline, which stand in the order in which they run, on shapes instead of
/// values.</summary>
internal sealed class OnnxInference
{
    private readonly Dictionary<string, OnnxFact> _facts = new(StringComparer.Ordinal);
    private int _symbols;

    /// <param name="known">Inputs and value_info.</param>
    public OnnxInference(IEnumerable<Tensor> known)
    {
        foreach (var tensor in known)
        {
            var size = tensor.Size?.Select(length => length < 0 ? Dimension.Symbol(_symbols++) : length).ToList();
            _facts[tensor.Name] = new OnnxFact(tensor.DType, new TensorFact(size));
        }
    }

    /// <summary>What is known of a value after <see cref="Run"/>.</summary>
    public Tensor Describe(Tensor value)
    {
        var fact = _facts.GetValueOrDefault(value.Name, OnnxFact.Unknown);
        return value with
        {
            DType = value.DType ?? fact.DType,
            Size = value.Size ?? fact.Shape.Size?.Select(Dimension.ToSize).ToList(),
        };
    }

    public void Run(ModelFile file, ReadOnlyMemory<byte> outline)
    {
        using var content = new MemoryStream(outline.ToArray());
        var reader = new ProtobufReader(file with { Length = outline.Length, Content = content });
        var nodes = new List<OnnxNode>();
        while (reader.NextField())
        {
            if (reader.Field == 1)
            {
                nodes.Add(OnnxNodeReader.Read(reader));
            }
            else
            {
                var (name, fact) = OnnxTensorReader.Read(reader, "initializer");
                _facts[name] = fact;
            }
        }

        nodes.ForEach(Run);
    }

    private void Run(OnnxNode node)
    {
        var inputs = node.Inputs.ConvertAll(name => _facts.GetValueOrDefault(name, OnnxFact.Unknown));
        var results = OnnxRules.Apply(new OnnxOperation(node, inputs));
        for (var i = 0; i < node.Outputs.Count && i < results.Count; i++)
        {
            // What the file says of a value counts for more.
            _facts.TryAdd(node.Outputs[i], results[i]);
        }
    }
}
