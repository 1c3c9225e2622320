using Klever.Conversion.MXNetToOnnx.Operations;
using Klever.Conversion.Onnx;

namespace Klever.Conversion.MXNetToOnnx.Detection;

/// <summary>Boxes from what a network says of anchors, and how much boxes overlap
/// (<c>bounding_box-inl.h</c>).</summary>
internal static class BoxCoding
{
    /// <summary>box_decode: anchors that are moved and grown, as two corners.</summary>
    public static void Decode(NodeConversion node)
    {
        var (center, size) = Centers(node, node.Input(1), IsCenter(node, fallback: true), axis: 2);
        var moves = node.Step("Mul", [node.Slice(node.Input(0), 0, 2, axis: 2), Pair("std0", "std1")]);
        var growth = node.Step("Mul", [node.Slice(node.Input(0), 2, 4, axis: 2), Pair("std2", "std3")]);
        var clip = node.Attributes.Number("clip", -1);
        growth = clip > 0 ? node.Step("Min", [growth, node.Scalar(clip)]) : growth;
        var place = node.Step("Add", [node.Step("Mul", [moves, size]), center]);
        var half = node.Step("Mul", [node.Step("Mul", [node.Step("Exp", [growth]), size]), node.Scalar(0.5)]);
        node.Emit(
            "Concat", [node.Step("Sub", [place, half]), node.Step("Add", [place, half])], OnnxAttribute.Of("axis", 2));

        string Pair(string first, string second) =>
            node.Numbers(node.Attributes.Number(first, 1), node.Attributes.Number(second, 1));
    }

    /// <summary>box_iou: what two boxes share of what they cover, for each of the first and each of the second.</summary>
    public static void Overlap(NodeConversion node)
    {
        var (first, second) = (Apart(node, 0), Apart(node, 1));
        var shared = Shared(node, first, second);
        var all = node.Step("Sub", [node.Step("Add", [Area(node, first), Area(node, second)]), shared]);
        var isApart = node.Step("Not", [node.Step("Greater", [shared, node.Scalar(0)])]);
        node.Emit("Where", [isApart, node.Scalar(0), node.Step("Div", [shared, all])]);
    }

    private static bool IsCenter(NodeConversion node, bool fallback) => node.Attributes.Text("format") switch
    {
        null => fallback,
        "center" => true,
        "corner" => false,
        var format => throw NodeConversion.Refuse("format", format),
    };

    private static (string Center, string Size) Centers(NodeConversion node, string boxes, bool areCenters, int axis)
    {
        var (first, second) = (node.Slice(boxes, 0, 2, axis), node.Slice(boxes, 2, 4, axis));
        if (areCenters)
        {
            return (first, second);
        }

        var size = node.Step("Sub", [second, first]);
        return (node.Step("Add", [first, node.Step("Mul", [size, node.Scalar(0.5)])]), size);
    }

    // Low and high corners; those of the first input have an axis for each box of the second behind their own.
    private static (string Low, string High, string Size) Apart(NodeConversion node, int input)
    {
        var rank = node.Rank(input);
        if (node.Dimension(rank - 1, input) != 4)
        {
            throw new Refusal($"a box of input {input} has {node.Dimension(rank - 1, input)} numbers instead of 4");
        }

        var boxes = input == 0
            ? node.Unsqueeze(node.Input(0), AxisSteps.Axes(rank - 1, node.Rank(1) - 1))
            : node.Input(1);
        var axis = input == 0 ? rank + node.Rank(1) - 2 : rank - 1;
        var (first, second) = (node.Slice(boxes, 0, 2, axis), node.Slice(boxes, 2, 4, axis));
        if (!IsCenter(node, fallback: false))
        {
            return (first, second, node.Step("Sub", [second, first]));
        }

        var half = node.Step("Div", [second, node.Scalar(2)]);
        return (node.Step("Sub", [first, half]), node.Step("Add", [first, half]), second);
    }

    private static string Shared(
        NodeConversion node, (string Low, string High, string Size) first, (string Low, string High, string Size) second)
    {
        var low = node.Step("Max", [first.Low, second.Low]);
        var high = node.Step("Min", [first.High, second.High]);
        return Product(node, node.Step("Relu", [node.Step("Sub", [high, low])]));
    }

    // A negative size is none.
    private static string Area(NodeConversion node, (string Low, string High, string Size) box) =>
        Product(node, node.Step("Relu", [box.Size]));

    private static string Product(NodeConversion node, string pair) =>
        node.Step("Mul", [node.Pick(pair, 0, axis: -1), node.Pick(pair, 1, axis: -1)]);
}
