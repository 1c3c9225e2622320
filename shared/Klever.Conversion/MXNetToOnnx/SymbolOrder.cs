using Klever.Formats.MXNet;

namespace Klever.Conversion.MXNetToOnnx;

/// <summary>The part of a symbol that its heads need, each node after those that it takes from.</summary>
internal static class SymbolOrder
{
    private const int FirstVersionWithAuxiliaryInputs = 900;

    private static readonly string[] Auxiliary = ["_moving_mean", "_moving_var"];

    /// <returns>Null when the nodes refer to each other in a circle.</returns>
    public static SymbolGraph? Sort(SymbolGraph graph)
    {
        var upgraded = WithAuxiliaryInputs(graph);
        var order = new List<int>();
        var states = new byte[upgraded.Nodes.Count];
        foreach (var head in upgraded.Heads)
        {
            if (!Visit(upgraded, head.Node, states, order))
            {
                return null;
            }
        }

        var places = order.Select((node, place) => (node, place)).ToDictionary(pair => pair.node, pair => pair.place);
        return upgraded with
        {
            Nodes = [.. order.Select(index => Renumbered(upgraded.Nodes[index], places))],
            Heads = [.. upgraded.Heads.Select(head => head with { Node = places[head.Node] })],
        };
    }

    private static SymbolNode Renumbered(SymbolNode node, Dictionary<int, int> places) =>
        node with { Inputs = [.. node.Inputs.Select(input => input with { Node = places[input.Node] })] };

    // Without recursion: chains of a hundred thousand nodes are legitimate.
    private static bool Visit(SymbolGraph graph, int root, byte[] states, List<int> order)
    {
        const byte Entered = 1;
        const byte Done = 2;
        var open = new Stack<(int Node, int Next)>([(root, 0)]);
        while (open.TryPop(out var top))
        {
            var inputs = graph.Nodes[top.Node].Inputs;
            if (states[top.Node] == Done)
            {
                continue;
            }

            states[top.Node] = Entered;
            if (top.Next == inputs.Count)
            {
                states[top.Node] = Done;
                order.Add(top.Node);
                continue;
            }

            open.Push((top.Node, top.Next + 1));
            var input = inputs[top.Next].Node;
            if (states[input] == Entered)
            {
                return false;
            }

            open.Push((input, 0));
        }

        return true;
    }

    // Before 0.9 the statistics of BatchNorm are no nodes (legacy_json_util.cc).
    private static SymbolGraph WithAuxiliaryInputs(SymbolGraph graph)
    {
        if (graph.Version >= FirstVersionWithAuxiliaryInputs)
        {
            return graph;
        }

        var nodes = graph.Nodes.ToList();
        for (var i = 0; i < graph.Nodes.Count; i++)
        {
            var node = nodes[i];
            if (SymbolOperations.Canonical(node.Operation) == "BatchNorm" && node.Inputs.Count == 3)
            {
                var added = Auxiliary
                    .Select(ending => new SymbolNode("null", node.Name + ending, SymbolAttributes.None, [])).ToList();
                nodes[i] = node with
                {
                    Inputs = [.. node.Inputs, new SymbolEntry(nodes.Count, 0), new SymbolEntry(nodes.Count + 1, 0)],
                };
                nodes.AddRange(added);
            }
        }

        return graph with { Nodes = nodes };
    }
}
