namespace Klever.Conversion.MXNetToOnnx.Detection;

/// <summary>The parameters of box_nms.</summary>
internal sealed record BoxSettings
{
    /// <summary>Boxes of each batch.</summary>
    public required long Boxes { get; init; }

    /// <summary>Numbers of each box.</summary>
    public required long Width { get; init; }

    /// <summary>How many of the best boxes are looked at; the others are dropped.</summary>
    public required long Best { get; init; }

    public required double OverlapThreshold { get; init; }

    public required double ValidThreshold { get; init; }

    public required long Coordinates { get; init; }

    public required long Score { get; init; }

    /// <summary>Where the class of a box stands; null when boxes have none.</summary>
    public long? Id { get; init; }

    public required double Background { get; init; }

    public required bool SuppressesOtherClasses { get; init; }

    public required bool TakesCenters { get; init; }

    public required bool GivesCenters { get; init; }

    /// <summary>Where the class stands, when only boxes of one class are compared.</summary>
    public long? Classes => SuppressesOtherClasses ? null : Id;

    public static BoxSettings Read(NodeConversion node)
    {
        var rank = node.Rank();
        var (boxes, best) = (node.Dimension(rank - 2), node.Attributes.Integer("topk", -1));
        var id = node.Attributes.Integer("id_index", -1);
        var settings = new BoxSettings
        {
            Boxes = boxes,
            Width = node.Dimension(rank - 1),
            Best = best < 0 ? boxes : Math.Min(boxes, best),
            OverlapThreshold = Math.Min(1, node.Attributes.Number("overlap_thresh", 0.5)),
            ValidThreshold = node.Attributes.Number("valid_thresh", 0),
            Coordinates = node.Attributes.Integer("coord_start", 2),
            Score = node.Attributes.Integer("score_index", 1),
            Id = id >= 0 ? id : null,
            Background = node.Attributes.Number("background_id", -1),
            SuppressesOtherClasses = node.Attributes.Flag("force_suppress", fallback: false),
            TakesCenters = IsCenter(node, "in_format"),
            GivesCenters = IsCenter(node, "out_format"),
        };
        settings.Check(node);
        return settings;
    }

    private static bool IsCenter(NodeConversion node, string attribute) => node.Attributes.Text(attribute) switch
    {
        null or "corner" => false,
        "center" => true,
        var format => throw NodeConversion.Refuse(attribute, format),
    };

    private void Check(NodeConversion node)
    {
        if (node.DType() != "float32")
        {
            throw new Refusal($"boxes of element type {node.DType()} are not supported");
        }

        if (OverlapThreshold < 0)
        {
            throw NodeConversion.Refuse("overlap_thresh", node.Attributes.Text("overlap_thresh"));
        }

        if (Coordinates < 0 || Coordinates + 4 > Width || Score < 0 || Score >= Width || Id >= Width)
        {
            throw new Refusal($"coord_start, score_index or id_index is outside of the {Width} numbers of a box");
        }
    }
}
