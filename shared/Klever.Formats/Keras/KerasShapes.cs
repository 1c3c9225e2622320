using Klever.Formats.Keras.Operations;
using Klever.Formats.Keras.Shapes;

namespace Klever.Formats.Keras;

/// <summary>What a call of a layer makes of the sizes of its inputs: one size per output, null where nothing is
/// known.</summary>
internal delegate IReadOnlyList<IReadOnlyList<long>?> KerasShapeRule(KerasCall call);

/// <summary>The table of layers, by Keras class name. A new layer is one line in the class of its kind.</summary>
internal static class KerasShapes
{
    private static readonly Dictionary<string, KerasShapeRule> Table = new(
    [
        .. CoreShapes.Rules, .. ConvolutionShapes.Rules, .. PoolingShapes.Rules, .. ResizingShapes.Rules,
        .. MergeShapes.Rules,
        .. RecurrentShapes.Rules, .. AttentionShapes.Rules, .. PreprocessingShapes.Rules, .. OperationShapes.Rules,
    ]);

    public static IReadOnlyList<IReadOnlyList<long>?> Infer(KerasCall call) =>
        KerasOperation.Is(call.Layer)
            ? OperationShapes.Infer(call)
            : Table.TryGetValue(call.Layer.ClassName, out var rule) ? rule(call) : [null];

    public static bool Knows(string className) => Table.ContainsKey(className);
}
