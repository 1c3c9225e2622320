using System.Runtime.InteropServices;
using Klever.Formats.Protobuf;

namespace Klever.Conversion.MXNetToOnnx;

/// <summary>An ONNX graph under construction: nodes in their order, initializers whose elements may stay in a file, inputs, outputs.</summary>
internal sealed class OnnxDraft(int opset)
{
    private readonly List<byte[]> _nodes = [];
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _constants = new(StringComparer.Ordinal);

    public int Opset { get; } = opset;

    public IReadOnlyList<byte[]> Nodes => _nodes;

    public List<OnnxInitializer> Initializers { get; } = [];

    public List<OnnxValue> Inputs { get; } = [];

    public List<OnnxValue> Outputs { get; } = [];

    /// <summary>A name that nothing else in the graph has: the wanted one, or that with a number behind it.</summary>
    public string Fresh(string wanted)
    {
        var name = wanted.Length == 0 ? "value" : wanted;
        for (var i = 2; !_names.Add(name); i++)
        {
            name = $"{wanted}_{i}";
        }

        return name;
    }

    public void Add(string operation, IReadOnlyList<string> inputs, IReadOnlyList<string> outputs, params OnnxAttribute[] attributes)
    {
        var node = new ProtobufWriter();
        foreach (var input in inputs)
        {
            node.Text(1, input);
        }

        foreach (var output in outputs)
        {
            node.Text(2, output);
        }

        node.Text(3, outputs[0]).Text(4, operation);
        foreach (var attribute in attributes)
        {
            node.Message(5, attribute.Write);
        }

        _nodes.Add(node.ToArray());
    }

    /// <summary>A list of 64-bit numbers, as shapes, axes and bounds are given; equal ones are one initializer.</summary>
    public string Integers(params long[] values)
    {
        var key = $"integers_{string.Join('_', values)}";
        if (!_constants.TryGetValue(key, out var name))
        {
            name = Fresh(key.Replace('-', 'm'));
            _constants[key] = name;
            Initializers.Add(new OnnxInitializer(
                name, "int64", [values.Length], TensorContent.Of(MemoryMarshal.AsBytes<long>(values).ToArray())));
        }

        return name;
    }

    /// <summary>A list of 32-bit floating-point numbers, as scales are given.</summary>
    public string Vector(params float[] values)
    {
        var name = Fresh("vector");
        Initializers.Add(new OnnxInitializer(
            name, "float32", [values.Length], TensorContent.Of(MemoryMarshal.AsBytes<float>(values).ToArray())));
        return name;
    }

    /// <summary>A scalar of the given element type.</summary>
    public string Scalar(double value, string dType) => Filled(value, dType, []);

    /// <summary>A tensor whose elements are all of one value.</summary>
    public string Filled(double value, string dType, long[] size)
    {
        var key = $"{dType}_{value:R}_{string.Join('x', size)}";
        if (!_constants.TryGetValue(key, out var name))
        {
            var element = ElementBytes.Of(value, dType);
            var count = size.Aggregate(1L, (product, dimension) => product * dimension);
            var bytes = new byte[element.Length * count];
            for (var i = 0; i < count; i++)
            {
                element.CopyTo(bytes, i * element.Length);
            }

            name = Fresh("constant_" + dType);
            _constants[key] = name;
            Initializers.Add(new OnnxInitializer(name, dType, size, TensorContent.Of(bytes)));
        }

        return name;
    }
}
