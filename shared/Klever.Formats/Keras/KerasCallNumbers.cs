namespace Klever.Formats.Keras;

/// <summary>Numbers the calls of each layer from 0. Some versions count a call from where a nested model was defined,
/// or one that the saved model does not have, so that a layer with two calls has the numbers 1 and 2.</summary>
internal sealed class KerasCallNumbers
{
    private readonly Dictionary<string, int> _calls = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _last = new(StringComparer.Ordinal);

    public KerasCallNumbers(IReadOnlyList<KerasLayer> layers)
    {
        foreach (var layer in layers)
        {
            _calls.TryAdd(layer.Name, Math.Max(1, layer.Nodes.Count));
            foreach (var node in layer.Nodes)
            {
                Note(node.Inputs);
            }
        }
    }

    /// <summary>Takes note of references, so that the highest number of each layer is known.</summary>
    public void Note(IReadOnlyList<KerasTensor> tensors)
    {
        foreach (var tensor in tensors)
        {
            _last[tensor.Layer] = Math.Max(tensor.Node, _last.GetValueOrDefault(tensor.Layer));
        }
    }

    public KerasLayer Renumbered(KerasLayer layer) =>
        layer with { Nodes = [.. layer.Nodes.Select(node => node with { Inputs = Renumbered(node.Inputs) })] };

    public IReadOnlyList<KerasTensor> Renumbered(IReadOnlyList<KerasTensor> tensors) =>
        [.. tensors.Select(tensor => tensor with { Node = Math.Max(0, tensor.Node - Shift(tensor.Layer)) })];

    private int Shift(string layer) =>
        _calls.TryGetValue(layer, out var calls) ? Math.Max(0, _last.GetValueOrDefault(layer) - (calls - 1)) : 0;
}
