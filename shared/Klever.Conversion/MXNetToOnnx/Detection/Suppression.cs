using Klever.Conversion.MXNetToOnnx.Operations;
using Klever.Conversion.Onnx;

namespace Klever.Conversion.MXNetToOnnx.Detection;

/// <summary>Which boxes stay, by ONNX's NonMaxSuppression. It takes the box that stands first when two scores are
/// equal, as MXNet does.</summary>
internal static class Suppression
{
    /// <returns>1 for each box that stays, 0 for the others.</returns>
    public static string Kept(NodeConversion node, Candidates candidates)
    {
        var chosen = node.Step(
            "NonMaxSuppression",
            [
                candidates.AreCenters ? candidates.Boxes : Corners(node, candidates.Boxes),
                candidates.Classes is { } classes
                    ? ByClass(node, classes, candidates.Scores)
                    : node.Unsqueeze(candidates.Scores, 1),
                node.Onnx.Integers(candidates.Count),
                node.Onnx.Floats((float)candidates.Overlap),
                node.Onnx.Floats((float)candidates.Threshold),
            ],
            OnnxAttribute.Of("center_point_box", candidates.AreCenters ? 1 : 0));
        var places = node.Step("Gather", [chosen, node.Onnx.Integers(0, 2)], OnnxAttribute.Of("axis", 1));
        var none = node.Step("Expand", [node.Scalar(0), node.Step("Shape", [candidates.Scores])]);
        var ones = node.Step("Expand", [node.Scalar(1), node.Unsqueeze(node.Length(chosen, axis: 0), 0)]);
        return node.Step("ScatterND", [none, places, ones]);
    }

    // A box whose corners are the wrong way round has no area for MXNet; for ONNX it is the box between them.
    private static string Corners(NodeConversion node, string boxes)
    {
        var low = node.Slice(boxes, 0, 2, axis: 2);
        return node.Concat(2, low, node.Step("Max", [low, node.Slice(boxes, 2, 4, axis: 2)]));
    }

    // Scores with an axis of classes, as many as there are: each box has its own in that of its class only.
    private static string ByClass(NodeConversion node, string classes, string scores)
    {
        var whole = node.Cast(classes, "int64");
        var (different, numbers) = (node.Between("classes"), node.Between("numbers"));
        node.Onnx.Add("Unique", [whole], [different, "", numbers]);
        var ofBoxes = node.Unsqueeze(node.Step("Reshape", [numbers, node.Step("Shape", [whole])]), 1);
        var each = node.Unsqueeze(node.Places(node.Length(different, axis: 0)), 1);
        return node.Step(
            "Where",
            [node.Step("Equal", [ofBoxes, each]), node.Unsqueeze(scores, 1), node.Scalar(double.NegativeInfinity)]);
    }
}
