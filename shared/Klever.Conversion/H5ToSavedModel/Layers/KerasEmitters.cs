using Klever.Conversion.H5ToSavedModel.Operations;
using Klever.Formats.Keras;
using Klever.Formats.Keras.Operations;

namespace Klever.Conversion.H5ToSavedModel.Layers;

/// <summary>Writes one call of a layer.</summary>
/// <returns>The tensors that it gives.</returns>
internal delegate IReadOnlyList<string> KerasEmitter(KerasEmission layer);

/// <summary>The table of layers that can be converted, by Keras class name.</summary>
internal static class KerasEmitters
{
    private static readonly Dictionary<string, KerasEmitter> Table = new(
    [
        .. CoreLayers.Rules, .. MaskLayers.Rules, .. ActivationLayers.Rules, .. NormalizationLayers.Rules,
        .. ConvolutionLayers.Rules, .. TransposedConvolutionLayers.Rules, .. PoolingLayers.Rules, .. ResizingLayers.Rules,
        .. MergeLayers.Rules, .. RecurrentLayers.Rules, .. WrapperLayers.Rules, .. AttentionLayers.Rules,
        .. EinsumLayers.Rules, .. LocallyConnectedLayers.Rules,
        .. CategoryLayers.Rules, .. ImageSizeLayers.Rules, .. OperationEmitters.Rules, .. ApplicationLayers.Rules,
    ]);

    public static IReadOnlyCollection<string> Classes => Table.Keys;

    public static KerasEmitter? Find(string className) => Table.GetValueOrDefault(className);

    /// <summary>Functions of Keras 3 have the class names of layers, and are none.</summary>
    public static KerasEmitter? Find(KerasLayer layer) =>
        KerasOperation.Is(layer) ? OperationEmitters.Emit : Find(layer.ClassName);

    /// <summary>Table lines for layers of one output.</summary>
    public static KeyValuePair<string, KerasEmitter> Line(string className, Func<KerasEmission, string> emit) =>
        new(className, layer => [emit(layer)]);
}
