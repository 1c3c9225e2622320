using Klever.Conversion.MXNetToOnnx.Operations;
using Klever.Conversion.Onnx;

namespace Klever.Conversion.MXNetToOnnx.Detection;

/// <summary>MultiBoxDetection (<c>multibox_detection.cc</c>): the class, the score and the corners of what was found at
/// each anchor, best first. What is suppressed keeps its place, with -1 for its class.</summary>
internal static class BoxDetection
{
    private const double Nothing = -1;

    public static void Convert(NodeConversion node)
    {
        if (node.DType() != "float32")
        {
            throw new Refusal($"boxes of element type {node.DType()} are not supported");
        }

        var threshold = node.Attributes.Number("threshold", 0.01);
        var (classes, scores) = Best(node);
        var isFound = node.Step(
            "And",
            [
                node.Step("Not", [node.Step("Less", [scores, node.Scalar(threshold)])]),
                node.Step("Greater", [scores, node.Scalar(Nothing)]),
            ]);
        var found = node.Cast(isFound, "float32");
        var rows = node.Concat(2, node.Unsqueeze(classes, 2), node.Unsqueeze(scores, 2), Boxes(node));
        var (isRow, unordered) = node.TopK(found, node.Dimension(2), axis: 1);
        var overlap = node.Attributes.Number("nms_threshold", 0.5);
        var result = overlap is > 0 and <= 1
            ? Suppressed(node, node.Rows(rows, Order(node, scores, isFound, unordered), width: 6), isRow, overlap)
            : node.Rows(rows, unordered, width: 6);
        var exists = node.Unsqueeze(node.Cast(isRow, "bool"), 2);
        node.Emit("Where", [exists, result, node.Scalar(Nothing)]);
    }

    // The first class is the background, and those behind it are counted from 0.
    private static (string Classes, string Scores) Best(NodeConversion node)
    {
        var foreground = node.Slice(node.Input(0), 1, node.Dimension(1), axis: 1);
        var axis = OnnxAttribute.Of("axis", 1);
        var flat = OnnxAttribute.Of("keepdims", 0);
        return (
            node.Cast(node.Step("ArgMax", [foreground], axis, flat), "float32"),
            node.Step("ReduceMax", [foreground], OnnxAttribute.Of("axes", new long[] { 1 }), flat));
    }

    private static string Boxes(NodeConversion node)
    {
        var variances = node.Attributes.Numbers("variances") is { Count: 4 } given ? given : [0.1, 0.1, 0.2, 0.2];
        var (low, high) = (node.Slice(node.Input(2), 0, 2, axis: 2), node.Slice(node.Input(2), 2, 4, axis: 2));
        var size = node.Step("Sub", [high, low]);
        var center = node.Step("Div", [node.Step("Add", [low, high]), node.Scalar(2)]);
        var moves = node.Reshape(node.Input(1), 0, -1, 4);
        var shift = node.Step("Mul", [node.Step("Mul", [node.Slice(moves, 0, 2, axis: 2), Pair(0)]), size]);
        var growth = node.Step("Exp", [node.Step("Mul", [node.Slice(moves, 2, 4, axis: 2), Pair(2)])]);
        var half = node.Step("Div", [node.Step("Mul", [growth, size]), node.Scalar(2)]);
        var place = node.Step("Add", [shift, center]);
        var boxes = node.Concat(2, node.Step("Sub", [place, half]), node.Step("Add", [place, half]));
        return node.Attributes.Flag("clip", fallback: true)
            ? node.Step("Clip", [boxes, node.Scalar(0), node.Scalar(1)])
            : boxes;

        string Pair(int start) => node.Numbers(variances[start], variances[start + 1]);
    }

    // With nms_topk only so many places are ordered; behind them stands what stood there before, as in MXNet.
    private static string Order(NodeConversion node, string scores, string isFound, string unordered)
    {
        var usable = node.Step("Where", [isFound, scores, node.Scalar(double.NegativeInfinity)]);
        var count = node.Dimension(2);
        var (_, ordered) = node.TopK(usable, count, axis: 1);
        var best = node.Attributes.Integer("nms_topk", -1);
        return best <= 0 || best >= count
            ? ordered
            : node.Concat(1, node.Slice(ordered, 0, best, axis: 1), node.Slice(unordered, best, count, axis: 1));
    }

    // Earlier rows go before later ones, whatever their scores.
    private static string Suppressed(NodeConversion node, string rows, string isRow, double overlap)
    {
        var count = node.Dimension(2);
        var classes = node.Pick(rows, 0, axis: 2);
        var rank = node.Onnx.Floats([.. Enumerable.Range(0, TypedConstants.Count(count)).Select(i => (float)(count - i))]);
        var kept = Suppression.Kept(node, new Candidates
        {
            Boxes = node.Slice(rows, 2, 6, axis: 2),
            Scores = node.Step("Mul", [isRow, rank]),
            Classes = node.Attributes.Flag("force_suppress", fallback: false) ? null : classes,
            Count = count,
            Threshold = 0,
            Overlap = MathF.BitDecrement((float)overlap),
        });
        var stays = node.Step("Where", [node.Cast(kept, "bool"), classes, node.Scalar(Nothing)]);
        return node.Concat(2, node.Unsqueeze(stays, 2), node.Slice(rows, 1, 6, axis: 2));
    }
}
