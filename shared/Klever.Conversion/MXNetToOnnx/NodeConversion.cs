using Klever.Conversion.Onnx;
using Klever.Formats.MXNet;
using Klever.Formats.MXNet.Shapes;
using Klever.Formats.Shapes;

namespace Klever.Conversion.MXNetToOnnx;

/// <summary>One node on its way into the ONNX graph: what it takes, what is known of it, and the names of what it
/// gives.</summary>
internal sealed class NodeConversion(
    OnnxGraphBuilder onnx,
    TypedConstants constants,
    SymbolNode node,
    IReadOnlyList<string> inputs,
    IReadOnlyList<SymbolValue> values,
    Func<int, string> output,
    Func<int, ParamsEntry?> parameter)
{
    public OnnxGraphBuilder Onnx => onnx;

    public TypedConstants Constants => constants;

    public SymbolNode Node => node;

    public SymbolAttributes Attributes => node.Attributes;

    public IReadOnlyList<string> Inputs => inputs;

    /// <summary>The name of the first output, which is what most nodes give.</summary>
    public string Result => output(0);

    public string Input(int index) => index < inputs.Count
        ? inputs[index]
        : throw new Refusal($"it has {inputs.Count} inputs; input {index} is missing");

    public string Output(int index) => output(index);

    /// <summary>The array behind an input, when that is a weight.</summary>
    public ParamsEntry? Parameter(int index) => index < inputs.Count ? parameter(index) : null;

    public string DType(int index = 0) => values.ElementAtOrDefault(index)?.DType ?? VariableTypes.DefaultDType;

    /// <summary>The size of an input, -1 where a dimension is free.</summary>
    public long[] Size(int index = 0) => SizeOrNull(index)
        ?? throw new Refusal($"the size of input {index} is not known; give sizes for the inputs of the model", needsSize: true);

    public long[]? SizeOrNull(int index = 0) => values.ElementAtOrDefault(index)?.Size;

    public int Rank(int index = 0) => Size(index).Length;

    /// <summary>A dimension that has to be known.</summary>
    public long Dimension(int axis, int index = 0)
    {
        if (axis < 0 || axis >= Rank(index))
        {
            throw new Refusal($"input {index} has {Rank(index)} dimensions, and dimension {axis} is needed");
        }

        return Size(index)[axis] is >= 0 and var size
            ? size
            : throw new Refusal(
                $"dimension {axis} of input {index} is not known; give sizes for the inputs of the model", needsSize: true);
    }

    public int Axis(string name, long fallback, int index = 0) => Axis(Attributes.Integer(name, fallback), name, index);

    public int Axis(long axis, string name, int index = 0) => NodeShapes.Axis(Size(index), axis)
        ?? throw new Refusal($"attribute {name} names axis {axis} of {Rank(index)}");

    public long Elements(int index = 0) => Window.Product(Size(index));

    public static Refusal Refuse(string attribute, string? value) =>
        new($"{attribute} = {Klever.Models.Excerpt.Of(value ?? "None")} is not supported");

    /// <summary>Adds an ONNX node that gives the result.</summary>
    public void Emit(string operation, IReadOnlyList<string> from, params OnnxAttribute[] attributes) =>
        onnx.Add(operation, from, [Result], attributes);

    /// <summary>Adds an ONNX node on the way to the result, and gives the name of what it gives.</summary>
    public string Step(string operation, IReadOnlyList<string> from, params OnnxAttribute[] attributes) =>
        onnx.Add(operation, from, Between(operation), attributes);

    /// <summary>A name for a value on the way to the result.</summary>
    public string Between(string what) => onnx.Names.Get($"{node.Name}/{what}");

    public string Scalar(double value, int input = 0) => constants.Scalar(value, DType(input));
}
