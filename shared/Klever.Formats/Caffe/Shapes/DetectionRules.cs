using Klever.Formats.Caffe.TextFormat;

namespace Klever.Formats.Caffe.Shapes;

/// <summary>Layers of the SSD and Faster R-CNN forks.</summary>
internal static class DetectionRules
{
    private const double SameRatio = 1e-6;
    private const int BoxCoordinates = 4;

    public static readonly IReadOnlyDictionary<string, Func<LayerShapes, long[]?[]>> Table =
        new Dictionary<string, Func<LayerShapes, long[]?[]>>
        {
            ["PriorBox"] = layer => layer.Every(PriorBoxes(layer.First, layer.Parameter("prior_box_param"))),

            // image, label, confidence and four coordinates, of as many objects as are found
            ["DetectionOutput"] = layer => layer.Every([1, 1, -1, 7]),
            ["DetectionEvaluate"] = layer => layer.Every([1, 1, -1, 5]),
            ["ROIPooling"] = layer => layer.Every(Pooled(layer, "roi_pooling_param")),
            ["ROIAlign"] = layer => layer.Every(Pooled(layer, "roi_align_param")),
            ["PSROIPooling"] = layer => layer.Every(PositionSensitive(layer)),
            ["Proposal"] = _ => [[-1, 5], [-1, 1]],
        };

    private static long[]? PriorBoxes(long[]? features, TextMessage parameters)
    {
        if (features is not { Length: 4 })
        {
            return null;
        }

        var ratios = new List<double> { 1 };
        var flips = parameters.Flag("flip") ?? true;
        var given = parameters.Numbers("aspect_ratio");
        foreach (var ratio in given.Where(ratio => !ratios.Exists(known => Math.Abs(known - ratio) < SameRatio)))
        {
            ratios.Add(ratio);
            if (flips)
            {
                ratios.Add(1 / ratio);
            }
        }

        var boxes = ((long)parameters.All("min_size").Count() * ratios.Count) + parameters.All("max_size").Count();
        return [1, 2, LayerShapes.Times(LayerShapes.Times(features[2], features[3]), boxes * BoxCoordinates)];
    }

    private static long[]? Pooled(LayerShapes layer, string parameterName)
    {
        var parameters = layer.Parameter(parameterName);
        return
        [
            Regions(layer),
            layer.First is { Length: 4 } features ? features[1] : -1,
            parameters.Integer("pooled_h") ?? -1,
            parameters.Integer("pooled_w") ?? -1,
        ];
    }

    private static long[]? PositionSensitive(LayerShapes layer)
    {
        var parameters = layer.Parameter("psroi_pooling_param");
        var group = parameters.Integer("group_size") ?? -1;
        return [Regions(layer), parameters.Integer("output_dim") ?? -1, group, group];
    }

    private static long Regions(LayerShapes layer) => layer.Bottom(1) is { Length: > 0 } regions ? regions[0] : -1;
}
