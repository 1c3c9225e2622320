namespace Klever.Formats.Caffe.Shapes;

/// <summary>Losses and measures: a scalar; a second top of a loss is what it computed on the way.</summary>
internal static class LossRules
{
    private static readonly string[] Types =
    [
        "ContrastiveLoss", "EuclideanLoss", "HingeLoss", "InfogainLoss", "MultiBoxLoss", "MultinomialLogisticLoss",
        "SigmoidCrossEntropyLoss", "SmoothL1Loss", "SoftmaxWithLoss", "CenterLoss", "TripletLoss", "L1Loss",
    ];

    public static readonly IReadOnlyDictionary<string, Func<LayerShapes, long[]?[]>> Table = Create();

    private static Dictionary<string, Func<LayerShapes, long[]?[]>> Create()
    {
        var table = Types.ToDictionary(type => type, _ => (Func<LayerShapes, long[]?[]>)(layer => [[], layer.First]));
        table["Accuracy"] = layer => [[], Classes(layer)];
        return table;
    }

    private static long[]? Classes(LayerShapes layer)
    {
        var axis = layer.Parameter("accuracy_param").Integer("axis") ?? 1;
        return layer.First is { } input && LayerShapes.Axis(input, axis) is { } index ? [input[index]] : null;
    }
}
