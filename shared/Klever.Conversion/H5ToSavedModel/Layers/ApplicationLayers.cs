namespace Klever.Conversion.H5ToSavedModel.Layers;

/// <summary>Layers that keras.applications brings along for networks of its own.</summary>
internal static class ApplicationLayers
{
    public static IEnumerable<KeyValuePair<string, KerasEmitter>> Rules { get; } =
    [
        KerasEmitters.Line("LayerScale", LayerScale),
        KerasEmitters.Line("CustomScaleLayer", CustomScale),
    ];

    // ConvNeXt.
    private static string LayerScale(KerasEmission layer) =>
        layer.Ops.Mul(layer.Input, layer.Weights.Tensor(0, "gamma", [layer.Channels]));

    // InceptionResNet: the first input and a part of the second.
    private static string CustomScale(KerasEmission layer) => layer.Inputs.Count == 2
        ? layer.Ops.Add(layer.Input, layer.Ops.Mul(layer.Inputs[1].Tensor, layer.Ops.Number(layer.Real("scale", 1))))
        : throw layer.Refuse("it is converted for two inputs");
}
