using Klever.Formats.Keras;

namespace Klever.Conversion.H5ToSavedModel;

internal delegate IReadOnlyList<GraphValue> KerasLayerCall(
    KerasLayer layer, IReadOnlyList<GraphValue> inputs, KerasNode? node);

/// <summary>Goes through the calls of a functional model, each after those that it needs.</summary>
internal sealed class KerasGraphOrder(KerasModel model)
{
    private readonly Dictionary<(string Layer, int Node), IReadOnlyList<GraphValue>> _values = [];
    private readonly Dictionary<(string Layer, int Node), List<KerasOpenCall>> _waiting = [];
    private readonly Queue<KerasOpenCall> _ready = new();

    public IReadOnlyList<GraphValue> Run(IReadOnlyList<GraphValue> inputs, KerasLayerCall call)
    {
        if (inputs.Count != model.Inputs.Count)
        {
            throw H5Errors.Error(
                ConversionProblem.UnsupportedOperation,
                $"model {model.Name} takes {model.Inputs.Count} inputs and is given {inputs.Count}");
        }

        var open = Open();
        for (var i = 0; i < inputs.Count; i++)
        {
            Publish(Source(model.Inputs[i]), [inputs[i]]);
        }

        var made = 0;
        for (; _ready.TryDequeue(out var next); made++)
        {
            var node = next.Layer.Nodes[next.Index];
            Publish((next.Layer.Name, next.Index), call(next.Layer, [.. node.Inputs.Select(Find)], node));
        }

        return made == open.Count
            ? [.. model.Outputs.Select(Find)]
            : throw H5Errors.Error(
                ConversionProblem.CorruptFile,
                $"model {model.Name} calls it with what no other layer gives",
                open.First(one => one.Missing > 0).Layer.Name);
    }

    // A call waits for each tensor that it is given; one without any is made at once.
    private List<KerasOpenCall> Open()
    {
        var open = model.Layers.DistinctBy(layer => layer.Name).Where(layer => !layer.IsInput)
            .SelectMany(layer => layer.Nodes.Select((_, i) => new KerasOpenCall(layer, i)))
            .ToList();
        foreach (var one in open)
        {
            var sources = one.Layer.Nodes[one.Index].Inputs.Select(Source).ToHashSet();
            one.Missing = sources.Count;
            foreach (var source in sources)
            {
                (_waiting.TryGetValue(source, out var list) ? list : _waiting[source] = []).Add(one);
            }

            if (one.Missing == 0)
            {
                _ready.Enqueue(one);
            }
        }

        return open;
    }

    private void Publish((string Layer, int Node) source, IReadOnlyList<GraphValue> values)
    {
        if (!_values.TryAdd(source, values) || !_waiting.TryGetValue(source, out var waiting))
        {
            return;
        }

        foreach (var one in waiting.Where(one => --one.Missing == 0))
        {
            _ready.Enqueue(one);
        }
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
