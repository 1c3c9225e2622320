namespace Klever.Formats.Caffe.Shapes;

/// <summary>Layers that give the size they take, those of common forks included.</summary>
internal static class SameShapeRules
{
    private static readonly string[] Types =
    [
        "AbsVal", "BatchNorm", "Bias", "BNLL", "Clip", "Dropout", "ELU", "Exp", "Log", "LRN", "MVN", "Power", "PReLU", "ReLU",
        "Scale", "Sigmoid", "Softmax", "Swish", "TanH", "Threshold",
        "BN", "BatchNormScale", "CuDNNBatchNorm", "HardSigmoid", "HardSwish", "L2Normalization", "Mish", "Normalize", "ReLU6",
        "Rescale", "Selu", "ShuffleChannel", "SoftPlus", "LocalResponseNorm", "GroupNorm", "InstanceNorm", "LayerNorm",
    ];

    public static readonly IReadOnlyDictionary<string, Func<LayerShapes, long[]?[]>> Table = Create();

    private static Dictionary<string, Func<LayerShapes, long[]?[]>> Create()
    {
        var table = Types.ToDictionary(type => type, _ => (Func<LayerShapes, long[]?[]>)(layer => layer.Every(layer.First)));
        table["Split"] = layer => layer.Every(layer.First);
        table["Eltwise"] = layer => layer.Every(layer.Bottoms.FirstOrDefault(bottom => bottom is not null));
        table["Axpy"] = layer => layer.Every(layer.Bottom(1) ?? layer.Bottom(2));
        table["Silence"] = _ => [];
        return table;
    }
}
