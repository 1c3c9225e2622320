using Klever.Formats.Keras;

namespace Klever.Conversion.H5ToSavedModel;

internal delegate IReadOnlyList<GraphValue> KerasLayerCall(
    KerasLayer layer, IReadOnlyList<GraphValue> inputs, KerasNode? node);

/// <summary>Goes through the calls of a functional model, each after those that it needs.</summary>
internal sealed class KerasGraphOrder(KerasModel model)
{
    private readonly Dictionary<(string Layer, int Node), IReadOnlyList<GraphValue>> _values = [];
    private readonly Dictionary<string, KerasLayer> _layers =
        model.Layers.DistinctBy(layer => layer.Name).ToDictionary(layer => layer.Name, StringComparer.Ordinal);

    public IReadOnlyList<GraphValue> Run(IReadOnlyList<GraphValue> inputs, KerasLayerCall call)
    {
        if (inputs.Count != model.Inputs.Count)
        {
            throw H5Errors.Error(
                ConversionProblem.UnsupportedOperation,
                $"model {model.Name} takes {model.Inputs.Count} inputs and is given {inputs.Count}");
        }

        for (var i = 0; i < inputs.Count; i++)
        {
            _values[Source(model.Inputs[i])] = [inputs[i]];
        }

        var open = _layers.Values.Where(layer => !layer.IsInput)
            .SelectMany(layer => layer.Nodes.Select((node, i) => (Layer: layer, Node: node, Index: i)))
            .ToList();
        while (open.Count > 0)
        {
            var later = open.Where(next => !TryCall(next.Layer, next.Node, next.Index, call)).ToList();
            if (later.Count == open.Count)
            {
                throw H5Errors.Error(
                    ConversionProblem.CorruptFile,
                    $"model {model.Name} calls it with what no other layer gives",
                    later[0].Layer.Name);
            }

            open = later;
        }

        return [.. model.Outputs.Select(Find)];
    }

    private bool TryCall(KerasLayer layer, KerasNode node, int index, KerasLayerCall call)
    {
        if (!node.Inputs.All(tensor => _values.ContainsKey(Source(tensor))))
        {
            return false;
        }

        _values[(layer.Name, index)] = call(layer, [.. node.Inputs.Select(Find)], node);
        return true;
    }

    private GraphValue Find(KerasTensor tensor) =>
        _values.TryGetValue(Source(tensor), out var values) && tensor.Index < values.Count
            ? values[tensor.Index]
            : throw H5Errors.Error(
                ConversionProblem.UnsupportedAttribute,
                $"its output {tensor.Index} is used, and it gives none",
                tensor.Layer);

    private static (string Layer, int Node) Source(KerasTensor tensor) => (tensor.Layer, tensor.Node);
}
