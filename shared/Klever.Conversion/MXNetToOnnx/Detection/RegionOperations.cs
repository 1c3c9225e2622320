using Klever.Conversion.MXNetToOnnx.Operations;
using Klever.Conversion.Onnx;

namespace Klever.Conversion.MXNetToOnnx.Detection;

/// <summary>Operations of detectors: what is cut out of features by regions, and what becomes of boxes.</summary>
internal static class RegionOperations
{
    private const int FirstWithHalfPixels = 16;

    public static readonly IReadOnlyDictionary<string, Action<NodeConversion>> Table =
        new Dictionary<string, Action<NodeConversion>>
        {
            ["box_nms"] = BoxSuppression.Convert,
            ["_contrib_MultiBoxPrior"] = PriorBoxes.Convert,
            ["_contrib_MultiBoxDetection"] = BoxDetection.Convert,
            ["_contrib_box_decode"] = BoxCoding.Decode,
            ["_contrib_box_iou"] = BoxCoding.Overlap,
            ["_contrib_Proposal"] = Proposals.Convert,
            ["_contrib_MultiProposal"] = Proposals.Convert,
            ["_contrib_ROIAlign"] = Align,
            ["ROIPooling"] = node => node.Emit(
                "MaxRoiPool",
                [node.Input(0), node.Input(1)],
                OnnxAttribute.Of("pooled_shape", Pooled(node)),
                OnnxAttribute.Of("spatial_scale", Scale(node))),
        };

    private static void Align(NodeConversion node)
    {
        if (node.Attributes.Flag("position_sensitive", fallback: false))
        {
            throw NodeConversion.Refuse("position_sensitive", "True");
        }

        var (images, boxes) = Regions(node);
        var size = Pooled(node);
        node.Emit(
            "RoiAlign",
            [node.Input(0), boxes, images],
            [
                OnnxAttribute.Of("output_height", size[0]),
                OnnxAttribute.Of("output_width", size[1]),
                OnnxAttribute.Of("spatial_scale", Scale(node)),
                OnnxAttribute.Of("sampling_ratio", Math.Max(0, node.Attributes.Integer("sample_ratio", -1))),
                .. Coordinates(node),
            ]);
    }

    // Up to operator set 15 there is one way to place samples, that of MXNet by default.
    private static OnnxAttribute[] Coordinates(NodeConversion node)
    {
        var isAligned = node.Attributes.Flag("aligned", fallback: false);
        if (node.Onnx.Opset >= FirstWithHalfPixels)
        {
            return [OnnxAttribute.Of("coordinate_transformation_mode", isAligned ? "half_pixel" : "output_half_pixel")];
        }

        return isAligned
            ? throw new Refusal($"aligned = True needs operator set {FirstWithHalfPixels} or later")
            : [];
    }

    // The image and the corners of each region; without the first of five numbers all are of the first image.
    private static (string Images, string Boxes) Regions(NodeConversion node)
    {
        var width = node.Dimension(1, index: 1);
        var regions = node.Input(1);
        var count = node.Unsqueeze(node.Length(regions, axis: 0), 0);
        return width == 4
            ? (node.Step("Expand", [node.Constants.Scalar(0, "int64"), count]), regions)
            : (node.Cast(node.Pick(regions, 0, axis: 1), "int64"), node.Slice(regions, 1, width, axis: 1));
    }

    private static IReadOnlyList<long> Pooled(NodeConversion node) => node.Attributes.Integers("pooled_size") switch
    {
        { Count: 1 } side => [side[0], side[0]],
        { Count: 2 } size => size,
        _ => throw NodeConversion.Refuse("pooled_size", node.Attributes.Text("pooled_size")),
    };

    private static float Scale(NodeConversion node) => (float)node.Attributes.Number("spatial_scale", 1);
}
