using Klever.Formats.Protobuf;

namespace Klever.Conversion.Onnx;

/// <summary>Puts an ONNX graph together: nodes in memory, weights as places to copy from.</summary>
/// <param name="name">Name of the graph.</param>
/// <param name="opset">Version of the operator set <c>ai.onnx</c>.</param>
internal sealed class OnnxGraphBuilder(string name, int opset)
{
    private readonly ProtobufWriter _nodes = new();
    private readonly Dictionary<string, string> _constants = new(StringComparer.Ordinal);
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    public string Name => name;

    public int Opset => opset;

    public UniqueNames Names { get; } = new();

    public List<OnnxValue> Inputs { get; } = [];

    public List<OnnxValue> Outputs { get; } = [];

    public List<OnnxTensor> Initializers { get; } = [];

    /// <summary>The initializers that a node takes or the graph gives: others would only be carried along.</summary>
    public IReadOnlyList<OnnxTensor> TakenInitializers =>
        Initializers.FindAll(tensor => _taken.Contains(tensor.Name) || Outputs.Exists(output => output.Name == tensor.Name));

    /// <summary>The nodes so far, as fields of a GraphProto.</summary>
    public ReadOnlySpan<byte> Nodes => _nodes.Written;

    /// <summary>Adds a node with one output.</summary>
    /// <param name="inputs">Empty text for an optional input that is left out.</param>
    /// <returns><paramref name="output"/>, so that calls nest.</returns>
    public string Add(string type, IReadOnlyList<string> inputs, string output, params OnnxAttribute[] attributes)
    {
        Add(type, inputs, [output], attributes);
        return output;
    }

    /// <summary>Adds a node.</summary>
    public void Add(
        string type, IReadOnlyList<string> inputs, IReadOnlyList<string> outputs, params OnnxAttribute[] attributes)
    {
        _taken.UnionWith(inputs);
        _nodes.Message(1, node =>
        {
            foreach (var input in inputs)
            {
                node.Text(1, input);
            }

            foreach (var output in outputs)
            {
                node.Text(2, output);
            }

            node.Text(3, outputs[0]).Text(4, type);
            foreach (var attribute in attributes)
            {
                node.Message(5, attribute.Write);
            }
        });
    }

    /// <summary>A name for a value between two nodes of one translation, such as <c>fc1_flat</c>.</summary>
    public string Between(string output, string what) => Names.Get($"{output}_{what}");

    /// <summary>The name of an initializer that holds these numbers in one dimension; equal ones are one.</summary>
    public string Integers(params long[] values) =>
        Constant(
            $"i:{string.Join(',', values)}", "shape", OnnxElementType.Int64, [values.Length], TensorContent.Of(values));

    /// <summary>The name of an initializer that holds one number and has no dimension; equal ones are one.</summary>
    public string Scalar(float value) =>
        Constant(
            $"f:{BitConverter.SingleToInt32Bits(value)}",
            "constant",
            OnnxElementType.Float32,
            [],
            TensorContent.Of(value));

    /// <summary>The name of an initializer that holds these numbers in one dimension; equal ones are one.</summary>
    public string Floats(params float[] values) => Constant(
        $"v:{string.Join(',', values.Select(BitConverter.SingleToInt32Bits))}", "constants", OnnxElementType.Float32,
        [values.Length], TensorContent.Of(values));

    private string Constant(string key, string wanted, OnnxElementType type, long[] size, TensorContent content)
    {
        if (!_constants.TryGetValue(key, out var constant))
        {
            constant = Names.Get(wanted);
            _constants.Add(key, constant);
            Initializers.Add(new OnnxTensor(constant, type, size, content));
        }

        return constant;
    }
}
