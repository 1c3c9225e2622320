using Klever.Conversion.MXNetToOnnx.Operations;
using Klever.Conversion.Onnx;

namespace Klever.Conversion.MXNetToOnnx.Detection;

/// <summary>box_nms (<c>bounding_box-inl.h</c>): of boxes that overlap only the best stays. What stays comes first, best
/// first; the other rows are -1.</summary>
internal static class BoxSuppression
{
    private const double Nothing = -1;

    public static void Convert(NodeConversion node)
    {
        var settings = BoxSettings.Read(node);
        if (settings.Best == 0)
        {
            LayerOperations.Same(node);
            return;
        }

        var input = WithOneBatch(node);
        var (rows, scores) = Best(node, settings, input);
        var kept = Suppression.Kept(node, new Candidates
        {
            Boxes = node.Slice(rows, settings.Coordinates, settings.Coordinates + 4, axis: 2),
            Scores = scores,
            Classes = settings.Classes is { } id ? node.Pick(rows, id, axis: 2) : null,
            Count = settings.Best,
            Threshold = settings.ValidThreshold,
            Overlap = settings.OverlapThreshold,
            AreCenters = settings.TakesCenters,
        });
        Emit(node, Compact(node, settings, rows, kept));
    }

    // All axes before the last two are batches.
    private static string WithOneBatch(NodeConversion node) => node.Rank() switch
    {
        2 => node.Unsqueeze(node.Input(0), 0),
        3 => node.Input(0),
        var rank => node.Reshape(node.Input(0), -1, node.Dimension(rank - 2), node.Dimension(rank - 1)),
    };

    private static void Emit(NodeConversion node, string result)
    {
        if (node.Rank() == 2)
        {
            node.Onnx.Squeeze(result, [0], node.Result);
            return;
        }

        node.Emit("Reshape", [result, node.Step("Shape", [node.Input(0)])]);
    }

    /// <summary>The boxes above the threshold and not of the background, best first, and their scores; where there are
    /// fewer, others behind them with a score of no use.</summary>
    private static (string Rows, string Scores) Best(NodeConversion node, BoxSettings settings, string input)
    {
        var scores = node.Pick(input, settings.Score, axis: 2);
        var isValid = node.Step("Greater", [scores, node.Scalar(settings.ValidThreshold)]);
        if (settings.Id is { } id)
        {
            var isBackground = node.Step("Equal", [node.Pick(input, id, axis: 2), node.Scalar(settings.Background)]);
            isValid = node.Step("And", [isValid, node.Step("Not", [isBackground])]);
        }

        var usable = node.Step("Where", [isValid, scores, node.Scalar(double.NegativeInfinity)]);
        var (best, places) = node.TopK(usable, settings.Best, axis: 1);
        return (node.Rows(input, places, settings.Width), best);
    }

    private static string Compact(NodeConversion node, BoxSettings settings, string rows, string kept)
    {
        var (isKept, places) = node.TopK(kept, settings.Best, axis: 1);
        var ordered = BoxFormats.Convert(node, settings, node.Rows(rows, places, settings.Width));
        var stays = node.Unsqueeze(node.Cast(isKept, "bool"), 2);
        var filled = node.Step("Where", [stays, ordered, node.Scalar(Nothing)]);
        var behind = node.Onnx.Integers(0, 0, 0, 0, settings.Boxes - settings.Best, 0);
        return settings.Best == settings.Boxes ? filled : node.Step("Pad", [filled, behind, node.Scalar(Nothing)]);
    }
}
