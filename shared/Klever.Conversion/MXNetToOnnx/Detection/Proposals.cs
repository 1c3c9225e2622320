using Klever.Conversion.MXNetToOnnx.Operations;
using Klever.Conversion.Onnx;

namespace Klever.Conversion.MXNetToOnnx.Detection;

/// <summary>Proposal and MultiProposal (<c>proposal.cc</c>): the regions of each image that most likely hold something.
/// A box includes its last pixel. When fewer regions stay than are wanted they come again from the first.</summary>
internal static class Proposals
{
    public static void Convert(NodeConversion node)
    {
        if (node.Attributes.Flag("iou_loss", fallback: false))
        {
            throw NodeConversion.Refuse("iou_loss", "True");
        }

        var anchors = ProposalAnchors.Read(node);
        var image = node.Unsqueeze(node.Input(2), 1);
        var scores = Scores(node, anchors, image);
        var (low, high) = Boxes(node, anchors, image);
        var isSmall = IsSmall(node, low, high, image);
        scores = node.Step("Where", [node.Squeeze(isSmall, 2), node.Scalar(-1), scores]);
        var margin = node.Step(
            "Where", [isSmall, node.Step("Div", [LeastSize(node, image), node.Scalar(2)]), node.Scalar(0)]);
        var boxes = node.Concat(2, node.Step("Sub", [low, margin]), node.Step("Add", [high, margin]));
        Emit(node, anchors.Count, boxes, scores);
    }

    // The second half of the classes; places behind the image have none.
    private static string Scores(NodeConversion node, ProposalAnchors anchors, string image)
    {
        var foreground = node.Slice(node.Input(0), anchors.Shapes, 2L * anchors.Shapes, axis: 1);
        var scores = node.Reshape(node.Transpose(foreground, 0, 2, 3, 1), 0, -1);
        var places = node.Step("Div", [node.Slice(image, 0, 2, axis: 2), node.Scalar(anchors.Stride)]);
        var real = node.Step("Floor", [places]);
        var isBehind = node.Step("Or", [Behind(0, anchors.Rows), Behind(1, anchors.Columns)]);
        return node.Step("Where", [isBehind, node.Scalar(-1), scores]);

        string Behind(int axis, IEnumerable<double> ofAnchors) => node.Step(
            "Not", [node.Step("Less", [node.Numbers(ofAnchors), node.Pick(real, axis, axis: 2)])]);
    }

    private static (string Low, string High) Boxes(NodeConversion node, ProposalAnchors anchors, string image)
    {
        var centers = node.Reshape(node.Numbers(anchors.Centers), 1, -1, 2);
        var sizes = node.Reshape(node.Numbers(anchors.Sizes), 1, -1, 2);
        var moves = node.Reshape(node.Transpose(node.Input(1), 0, 2, 3, 1), 0, -1, 4);
        var center = node.Step("Add", [node.Step("Mul", [node.Slice(moves, 0, 2, axis: 2), sizes]), centers]);
        var size = node.Step("Mul", [node.Step("Exp", [node.Slice(moves, 2, 4, axis: 2)]), sizes]);
        var half = node.Step("Mul", [node.Step("Sub", [size, node.Scalar(1)]), node.Scalar(0.5)]);
        var (height, width) = (node.Slice(image, 0, 1, axis: 2), node.Slice(image, 1, 2, axis: 2));
        var last = node.Step("Sub", [node.Concat(2, width, height), node.Scalar(1)]);
        return (Inside(node.Step("Sub", [center, half])), Inside(node.Step("Add", [center, half])));

        string Inside(string corner) => node.Step("Max", [node.Step("Min", [corner, last]), node.Scalar(0)]);
    }

    private static string LeastSize(NodeConversion node, string image) => node.Step(
        "Mul", [node.Slice(image, 2, 3, axis: 2), node.Scalar(node.Attributes.Integer("rpn_min_size", 16))]);

    private static string IsSmall(NodeConversion node, string low, string high, string image)
    {
        var size = node.Step("Add", [node.Step("Sub", [high, low]), node.Scalar(1)]);
        var shorter = node.Step("Min", [node.Slice(size, 0, 1, axis: 2), node.Slice(size, 1, 2, axis: 2)]);
        return node.Step("Less", [shorter, LeastSize(node, image)]);
    }

    private static void Emit(NodeConversion node, long count, string boxes, string scores)
    {
        var most = node.Attributes.Integer("rpn_pre_nms_top_n", 6000);
        var before = most > 0 ? Math.Min(most, count) : count;
        var wanted = node.Attributes.Integer("rpn_post_nms_top_n", 300) is > 0 and var post
            ? post
            : throw NodeConversion.Refuse("rpn_post_nms_top_n", node.Attributes.Text("rpn_post_nms_top_n"));
        var (best, places) = node.TopK(scores, before, axis: 1);
        var rows = node.Rows(boxes, places, width: 4);
        var end = node.Step("Add", [node.Slice(rows, 2, 4, axis: 2), node.Scalar(1)]);
        var kept = Suppression.Kept(node, new Candidates
        {
            Boxes = node.Concat(2, node.Slice(rows, 0, 2, axis: 2), end),
            Scores = best,
            Count = before,
            Threshold = float.MinValue,
            Overlap = Math.Clamp(node.Attributes.Number("threshold", 0.7), 0, 1),
        });
        var chosen = Chosen(node, kept, Math.Min(before, wanted), wanted);
        var regions = node.Concat(2, Images(node, chosen), node.Rows(rows, chosen, width: 4));
        node.Onnx.Reshape(regions, [-1, 5], node.Result);
        var found = node.Step("GatherElements", [best, chosen], OnnxAttribute.Of("axis", 1));
        node.Onnx.Reshape(found, [-1, 1], node.Output(1));
    }

    private static string Chosen(NodeConversion node, string kept, long count, long wanted)
    {
        var (isKept, order) = node.TopK(kept, count, axis: 1);
        var number = node.Cast(node.ReduceSum(isKept, 1), "int64");
        var again = node.Step("Mod", [node.Places(node.Constants.Scalar(wanted, "int64")), number]);
        return node.Step("GatherElements", [order, again], OnnxAttribute.Of("axis", 1));
    }

    // The number of the image before each region, [image, region, 1].
    private static string Images(NodeConversion node, string chosen)
    {
        var numbers = node.Cast(node.Places(node.Length(chosen, axis: 0)), node.DType());
        var size = node.Step("Shape", [chosen]);
        return node.Unsqueeze(node.Step("Expand", [node.Unsqueeze(numbers, 1), size]), 2);
    }
}
