namespace Klever.Formats.Keras;

/// <summary>One run through a functional model: each call is made when all its inputs are there.</summary>
internal sealed class KerasGraphWalk
{
    private readonly KerasInference _inference;
    private readonly KerasModel _model;
    private readonly bool _isOutermost;
    private readonly Dictionary<string, KerasLayer> _layers = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Layer, int Node), IReadOnlyList<KerasValue>> _values = [];
    private readonly Dictionary<(string, int, int), KerasValue> _known = [];
    private readonly Dictionary<(string, int), List<(KerasLayer Layer, int Node)>> _consumers = [];
    private readonly Dictionary<(string, int), int> _missing = [];
    private readonly Queue<(KerasLayer Layer, int Node)> _ready = new();

    public KerasGraphWalk(KerasInference inference, KerasModel model, bool isOutermost)
    {
        (_inference, _model, _isOutermost) = (inference, model, isOutermost);
        foreach (var layer in model.Layers)
        {
            _layers.TryAdd(layer.Name, layer);
        }
    }

    public IReadOnlyList<KerasValue> Run(IReadOnlyList<KerasValue> inputs)
    {
        Prepare();
        for (var i = 0; i < _model.Inputs.Count; i++)
        {
            var input = _model.Inputs[i];
            Publish(Source(input), [i < inputs.Count ? inputs[i] : default]);
        }

        while (_ready.TryDequeue(out var call))
        {
            var node = call.Layer.Nodes[call.Node];
            Publish((call.Layer.Name, call.Node), _inference.Call(call.Layer, [.. node.Inputs.Select(Value)], node));
        }

        return [.. _model.Outputs.Select(Value)];
    }

    private void Prepare()
    {
        foreach (var layer in _layers.Values.Where(layer => !layer.IsInput))
        {
            for (var i = 0; i < layer.Nodes.Count; i++)
            {
                var sources = layer.Nodes[i].Inputs.Select(Source).Distinct().ToList();
                _missing[(layer.Name, i)] = sources.Count;
                sources.ForEach(source => Consumers(source).Add((layer, i)));
                if (sources.Count == 0)
                {
                    _ready.Enqueue((layer, i));
                }
            }
        }

        foreach (var tensor in _layers.Values.SelectMany(layer => layer.Nodes).SelectMany(node => node.Inputs))
        {
            _known.TryAdd((tensor.Layer, tensor.Node, tensor.Index), tensor.Known);
        }
    }

    private void Publish((string Layer, int Node) key, IReadOnlyList<KerasValue> values)
    {
        if (!_values.TryAdd(key, [.. values.Select((value, index) => WithKnown(key, index, value))]))
        {
            return;
        }

        foreach (var consumer in Consumers(key))
        {
            if (--_missing[(consumer.Layer.Name, consumer.Node)] == 0)
            {
                _ready.Enqueue(consumer);
            }
        }
    }

    private KerasValue WithKnown((string Layer, int Node) key, int index, KerasValue value)
    {
        _known.TryGetValue((key.Layer, key.Node, index), out var known);
        return _isOutermost
            ? new KerasValue(known.Size ?? value.Size, known.DType ?? value.DType)
            : new KerasValue(value.Size ?? known.Size, value.DType ?? known.DType);
    }

    private KerasValue Value(KerasTensor tensor)
    {
        var source = Source(tensor);
        if (_values.TryGetValue(source, out var values) && tensor.Index < values.Count)
        {
            return values[tensor.Index];
        }

        return WithKnown(source, tensor.Index, default);
    }

    private static (string Layer, int Node) Source(KerasTensor tensor) => (tensor.Layer, tensor.Node);

    private List<(KerasLayer Layer, int Node)> Consumers((string, int) key)
    {
        if (!_consumers.TryGetValue(key, out var consumers))
        {
            _consumers.Add(key, consumers = []);
        }

        return consumers;
    }
}
