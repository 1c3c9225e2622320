using Klever.Conversion.H5ToSavedModel.Layers;
using Klever.Formats.Keras;
using Klever.Formats.Keras.Operations;

namespace Klever.Conversion.H5ToSavedModel.Operations;

/// <summary>Writes one call of a function, and says in which type.</summary>
internal delegate IReadOnlyList<string> OperationEmitter(OperationEmission call);

/// <summary>The table of functions that can be converted, by the names that <see cref="KerasOperation"/> gives them.</summary>
internal static class OperationEmitters
{
    private static readonly Dictionary<string, OperationEmitter> Table = new(
    [
        .. ElementwiseOperations.Rules, .. BinaryOperations.Rules, .. ArrangementOperations.Rules, .. CreatingOperations.Rules,
        .. SlicingOperations.Rules, .. ReductionOperations.Rules, .. ProductOperations.Rules, .. ImageOperations.Rules,
    ]);

    public static IReadOnlyCollection<string> Names => Table.Keys;

    public static IEnumerable<KeyValuePair<string, KerasEmitter>> Rules { get; } =
        [new("TFOpLambda", Emit), new("SlicingOpLambda", Emit), new("TensorFlowOpLayer", Emit)];

    public static bool IsKnown(KerasLayer layer) => Table.ContainsKey(KerasOperation.NameOf(layer));

    public static IReadOnlyList<string> Emit(KerasEmission layer)
    {
        var call = new OperationEmission(layer);
        var outputs = Table[call.Operation.Name](call);
        layer.OutputType = call.OutputType ?? call.Type;
        return outputs;
    }

    /// <summary>Table lines of functions with one result, for all of their names.</summary>
    public static IEnumerable<KeyValuePair<string, OperationEmitter>> Lines(Func<OperationEmission, string> emit, params IEnumerable<string> names) =>
        names.Select(name => KeyValuePair.Create<string, OperationEmitter>(name, call => [emit(call)]));
}
