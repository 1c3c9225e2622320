using Klever.Formats.TensorFlow;

namespace Klever.Formats.SavedModel;

/// <summary>The nodes of a graph, as far as it takes to count them and to walk from a signature to the functions it
/// calls.</summary>
internal sealed class MainGraph
{
    private readonly Dictionary<string, MainGraphNode> _nodes = new(StringComparer.Ordinal);

    public LayerCounter Layers { get; } = new();

    public void Add(string name, MainGraphNode node)
    {
        Layers.Add(node.Type);
        _nodes[name] = node;
    }

    /// <summary>Names of the functions that the nodes before some tensors call, and the types of those nodes.</summary>
    /// <param name="tensors">Such as <c>StatefulPartitionedCall:0</c>.</param>
    public IEnumerable<string> CallsBefore(IEnumerable<string> tensors)
    {
        var calls = new List<string>();
        var waiting = new Queue<string>(tensors);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (waiting.TryDequeue(out var tensor))
        {
            var name = new NodeInput(tensor).Node.ToString();
            if (!seen.Add(name) || !_nodes.TryGetValue(name, out var node))
            {
                continue;
            }

            calls.AddRange(node.Functions);
            calls.Add(node.Type);
            foreach (var input in node.Inputs)
            {
                waiting.Enqueue(input);
            }
        }

        return calls;
    }
}
