namespace Klever.Formats.MXNet.Shapes;

/// <summary>Operations of detectors.</summary>
internal static class DetectionRules
{
    public static readonly IReadOnlyDictionary<string, Func<NodeShapes, long[]?[]>> Table =
        new Dictionary<string, Func<NodeShapes, long[]?[]>>
        {
            ["_contrib_MultiBoxPrior"] = node => [Priors(node)],
            ["_contrib_MultiBoxDetection"] = node => [Detections(node)],
            ["ROIPooling"] = node => [Pooled(node)],
            ["_contrib_ROIAlign"] = node => [Pooled(node)],
            ["_contrib_PSROIPooling"] = node => [PositionSensitive(node)],
            ["_contrib_DeformablePSROIPooling"] = node => [PositionSensitive(node)],
            ["_contrib_Proposal"] = Proposals,
            ["_contrib_MultiProposal"] = Proposals,
            ["_contrib_box_iou"] = node => [Overlaps(node)],
        };

    // One box for each size with the first ratio, and for each further ratio with the first size.
    private static long[]? Priors(NodeShapes node)
    {
        var boxes = (node.Attributes.Numbers("sizes")?.Count ?? 1) + (node.Attributes.Numbers("ratios")?.Count ?? 1) - 1;
        return node.First is { Length: 4 } input
            ? [1, NodeShapes.Times(NodeShapes.Times(input[2], input[3]), boxes), 4]
            : null;
    }

    // class, score and four coordinates of every anchor
    private static long[]? Detections(NodeShapes node) =>
        node.First is { Length: 3 } scores ? [scores[0], scores[2], 6] : null;

    private static long[]? Pooled(NodeShapes node)
    {
        var pooled = node.Attributes.Integers("pooled_size");
        if (pooled is not { Count: 2 })
        {
            return null;
        }

        var channels = node.First is { Length: 4 } features ? features[1] : -1;
        return [Regions(node), node.Attributes.Flag("position_sensitive", fallback: false) ? -1 : channels, pooled[0], pooled[1]];
    }

    private static long[]? PositionSensitive(NodeShapes node)
    {
        var side = node.Attributes.Integer("pooled_size", -1);
        return [Regions(node), node.Attributes.Integer("output_dim", -1), side, side];
    }

    private static long[]?[] Proposals(NodeShapes node)
    {
        var each = node.Attributes.Integer("rpn_post_nms_top_n", 300);
        var images = node.First is { Length: 4 } scores ? scores[0] : -1;
        var count = NodeShapes.Times(images, each);
        return [[count, 5], [count, 1]];
    }

    private static long[]? Overlaps(NodeShapes node) =>
        node.First is { Length: > 0 } left && node.Input(1) is { Length: > 0 } right ? [.. left[..^1], .. right[..^1]] : null;

    private static long Regions(NodeShapes node) => node.Input(1) is { Length: > 0 } regions ? regions[0] : -1;
}
