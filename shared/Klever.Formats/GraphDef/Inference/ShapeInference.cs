using Klever.Formats.Shapes;
using Klever.Formats.TensorFlow;
using Klever.Models;

namespace Klever.Formats.GraphDef.Inference;

/// <summary>Finds the shapes of tensors by walking back to the placeholders and constants. What a rule does not know is
/// unknown, never an error: graphs have operations that nobody has heard of.</summary>
internal sealed class ShapeInference
{
    private readonly Graph _graph;
    private readonly Dictionary<TensorKey, TensorFact> _facts = [];
    private int _symbols;

    /// <param name="inputs">The placeholders, with -1 where a dimension is unknown.</param>
    public ShapeInference(Graph graph, IEnumerable<Tensor> inputs)
    {
        _graph = graph;
        foreach (var input in inputs)
        {
            if (graph.Source(new NodeInput(input.Name)) is { } node)
            {
                _facts[new TensorKey(node, Output: 0)] =
                    new TensorFact(
                        input.Size?.Select(length => length < 0 ? Dimension.Symbol(_symbols++) : length).ToList());
            }
        }
    }

    /// <summary>Dimensions of the first output of a node, null when its rank is not known.</summary>
    public IReadOnlyList<long>? Size(GraphNode node) => Fact(new TensorKey(node, Output: 0)).Size;

    // Depth first with a stack of its own: graphs are deeper than the stack of a thread.
    private TensorFact Fact(TensorKey target)
    {
        var path = new Stack<Step>([new Step(target)]);
        var isOnPath = new HashSet<TensorKey> { target };
        while (path.TryPeek(out var step))
        {
            var next = step.NextInput(_graph);
            if (next is { } key && !_facts.ContainsKey(key) && isOnPath.Add(key))
            {
                path.Push(new Step(key));
            }
            else if (next is null)
            {
                _facts.TryAdd(
                    step.Key, ShapeRules.Apply(new Operation(step.Key.Node, step.Key.Output, Inputs(step.Key.Node))));
                isOnPath.Remove(step.Key);
                path.Pop();
            }
        }

        return _facts[target];
    }

    private List<TensorFact> Inputs(GraphNode node)
    {
        var facts = new List<TensorFact>();
        foreach (var input in node.Inputs)
        {
            if (!input.IsControl)
            {
                var source = _graph.Source(input);
                facts.Add(source is not null && _facts.TryGetValue(new TensorKey(source, input.Output), out var fact)
                    ? fact
                    : TensorFact.Unknown);
            }
        }

        return facts;
    }

    /// <summary>A node on the way back, and how many of its inputs were looked at.</summary>
    private sealed class Step(TensorKey key)
    {
        private int _next;

        public TensorKey Key => key;

        public TensorKey? NextInput(Graph graph)
        {
            while (_next < key.Node.Inputs.Count)
            {
                var input = key.Node.Inputs[_next++];

                // A loop comes back through NextIteration; the shape at its entry is the one that holds.
                if (!input.IsControl && graph.Source(input) is { } source && !IsBackEdge(source))
                {
                    return new TensorKey(source, input.Output);
                }
            }

            return null;
        }

        private static bool IsBackEdge(GraphNode source) => source.Type is "NextIteration" or "RefNextIteration";
    }
}
