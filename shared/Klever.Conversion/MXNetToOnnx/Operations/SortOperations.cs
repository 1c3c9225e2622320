using Klever.Conversion.Onnx;
using Klever.Formats.MXNet;
using Klever.Formats.MXNet.Shapes;

namespace Klever.Conversion.MXNetToOnnx.Operations;

/// <summary>Operations that put elements in order, or find the largest.</summary>
internal static class SortOperations
{
    public static readonly IReadOnlyDictionary<string, Action<NodeConversion>> Table =
        new Dictionary<string, Action<NodeConversion>>
        {
            ["topk"] = TopK,
            ["sort"] = node => Sort(node, givesPlaces: false),
            ["argsort"] = node => Sort(node, givesPlaces: true),
            ["argmax"] = node => ArgReduce(node, "ArgMax"),
            ["argmin"] = node => ArgReduce(node, "ArgMin"),
            ["argmax_channel"] = node => node.Emit(
                "Cast", [Extreme(node, "ArgMax", node.Input(0), 1)], OnnxTypes.To(VariableTypes.DefaultDType)),
        };

    private static void Sort(NodeConversion node, bool givesPlaces)
    {
        var (from, axis) = Along(node);
        var count = node.Unsqueeze(node.Length(from, axis), 0);
        var (values, places) = node.TopK(from, count, axis, ascends: node.Attributes.Flag("is_ascend", fallback: true));
        if (givesPlaces)
        {
            node.Emit("Cast", [places], PlaceType(node));
            return;
        }

        node.Emit("Identity", [values]);
    }

    private static void TopK(NodeConversion node)
    {
        var (from, axis) = Along(node);
        var count = node.Attributes.Integer("k", 1) is > 0 and var given
            ? node.Onnx.Integers(given)
            : node.Unsqueeze(node.Length(from, axis), 0);
        var (values, places) = node.TopK(from, count, axis, ascends: node.Attributes.Flag("is_ascend", fallback: false));
        switch (node.Attributes.Text("ret_typ") ?? "indices")
        {
            case "value":
                node.Emit("Identity", [values]);
                break;
            case "indices":
                node.Emit("Cast", [places], PlaceType(node));
                break;
            case "both":
                node.Emit("Identity", [values]);
                node.Onnx.Add("Cast", [places], node.Output(1), PlaceType(node));
                break;
            case "mask":
                var none = node.Step("Expand", [node.Scalar(0), node.Step("Shape", [from])]);
                var ones = node.Step("Expand", [node.Scalar(1), node.Step("Shape", [places])]);
                var mask = node.Step("ScatterElements", [none, places, ones], OnnxAttribute.Of("axis", axis));
                node.Emit("Reshape", [mask, node.Step("Shape", [node.Input(0)])]);
                break;
            case var kind:
                throw NodeConversion.Refuse("ret_typ", kind);
        }
    }

    // All elements in a row with axis = None, which is not the same as no axis.
    private static (string From, int Axis) Along(NodeConversion node) => IndexRules.IsFlat(node.Attributes)
        ? (node.Reshape(node.Input(0), -1), 0)
        : (node.Input(0), node.Axis("axis", -1));

    private static OnnxAttribute PlaceType(NodeConversion node) =>
        OnnxTypes.To(MXNetElementTypes.Parse(node.Attributes.Text("dtype")) ?? VariableTypes.DefaultDType);

    private static void ArgReduce(NodeConversion node, string operation)
    {
        var keepsAxes = node.Attributes.Flag("keepdims", fallback: false);
        var type = OnnxTypes.To(VariableTypes.DefaultDType);
        if (node.Attributes.Has("axis"))
        {
            node.Emit("Cast", [Extreme(node, operation, node.Input(0), node.Axis("axis", 0), keepsAxes)], type);
            return;
        }

        var found = Extreme(node, operation, node.Reshape(node.Input(0), -1), 0);
        long[] size = keepsAxes ? [.. Enumerable.Repeat(1L, node.Rank())] : [1];
        node.Emit("Cast", [node.Reshape(found, size)], type);
    }

    private static string Extreme(NodeConversion node, string operation, string from, int axis, bool keepsAxes = false) =>
        node.Step(operation, [from], OnnxAttribute.Of("axis", axis), OnnxAttribute.Of("keepdims", keepsAxes ? 1 : 0));
}
