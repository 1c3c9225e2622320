using Klever.Formats.TensorFlow;

namespace Klever.Formats.GraphDef;

/// <summary>What is kept of a GraphDef.</summary>
internal sealed class Graph
{
    // Before this version of TensorFlow's graphs an empty shape was written for an unknown one.
    private const int FirstProducerWithScalars = 24;

    private readonly Dictionary<string, GraphNode> _byName = new(StringComparer.Ordinal);
    private readonly Dictionary<string, GraphNode>.AlternateLookup<ReadOnlySpan<char>> _bySpan;

    public Graph() => _bySpan = _byName.GetAlternateLookup<ReadOnlySpan<char>>();

    public List<GraphNode> Nodes { get; } = [];

    /// <summary>versions.producer; 0 in frozen graphs of old.</summary>
    public long Producer { get; set; }

    public void Add(GraphNode node)
    {
        Nodes.Add(node);
        _byName[node.Name] = node;
    }

    /// <summary>The node that an edge comes from; null when there is none of that name.</summary>
    public GraphNode? Source(NodeInput input) => _bySpan.TryGetValue(input.Node, out var node) ? node : null;

    /// <summary>The shape that a placeholder declares; null when it is not known.</summary>
    public IReadOnlyList<long>? DeclaredShape(GraphNode placeholder) =>
        placeholder.Shape("shape") is { } shape && (shape.Count > 0 || Producer >= FirstProducerWithScalars)
            ? shape
            : null;
}
