using Klever.Conversion.Onnx;
using Klever.Formats.MXNet;
using Klever.Formats.MXNet.Shapes;

namespace Klever.Conversion.MXNetToOnnx.Operations;

/// <summary>Operations that take nothing: what they give is written into the model.</summary>
internal static class ConstantOperations
{
    public static readonly IReadOnlyDictionary<string, Action<NodeConversion>> Table =
        new Dictionary<string, Action<NodeConversion>>
        {
            ["_zeros"] = node => Fill(node, 0),
            ["_ones"] = node => Fill(node, 1),
            ["_full"] = node => Fill(node, node.Attributes.Number("value", 0)),
            ["_arange"] = Range,
        };

    // The batch of the first state of a cell is not known, and written as 1: what it meets spreads it.
    private static void Fill(NodeConversion node, double value)
    {
        var given = SymbolShapes.Of(node.Node, [])[0].Size?.Select(length => length < 0 ? 1 : length).ToArray();
        node.Emit("Identity", [node.Constants.Filled(value, DType(node), given ?? throw new Refusal("attribute shape is missing"))]);
    }

    private static void Range(NodeConversion node)
    {
        var (start, step) = (node.Attributes.Number("start", 0), node.Attributes.Number("step", 1));
        var count = TypedConstants.Count(SymbolShapes.Of(node.Node, [])[0].Size ?? [-1]);
        var (repeat, type) = (node.Attributes.Integer("repeat", 1), DType(node));
        byte[] elements = [.. Enumerable.Range(0, count).SelectMany(i => ElementBytes.Of(start + (step * (i / repeat)), type))];
        var name = node.Between("range");
        node.Onnx.Initializers.Add(new OnnxTensor(name, OnnxTypes.Of(type), [count], TensorContent.Of(elements)));
        node.Emit("Identity", [name]);
    }

    private static string DType(NodeConversion node) => MXNetElementTypes.Parse(node.Attributes.Text("dtype")) ?? "float32";
}
