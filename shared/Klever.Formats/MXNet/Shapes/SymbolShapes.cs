namespace Klever.Formats.MXNet.Shapes;

/// <summary>Sizes and types of all outputs of a symbol, as far as its operations are known.</summary>
internal static class SymbolShapes
{
    private const int MaximumAxes = 32;

    private static readonly Dictionary<string, Func<NodeShapes, long[]?[]>> Rules = WindowRules.Table
        .Concat(LayerRules.Table)
        .Concat(ElementwiseRules.Table)
        .Concat(AxisRules.Table)
        .Concat(LikeRules.Table)
        .Concat(SliceRules.Table)
        .Concat(ReductionRules.Table)
        .Concat(IndexRules.Table)
        .Concat(AttentionRules.Table)
        .Concat(DetectionRules.Table)
        .ToDictionary(StringComparer.Ordinal);

    /// <param name="variable">What is known of a variable.</param>
    /// <returns>The outputs of each node, in the order of the nodes; fewer than a node has where they are not
    /// known.</returns>
    public static IReadOnlyList<IReadOnlyList<SymbolValue>> Infer(SymbolGraph graph, Func<SymbolNode, SymbolValue> variable)
    {
        var values = new List<IReadOnlyList<SymbolValue>>(graph.Nodes.Count);
        foreach (var node in graph.Nodes)
        {
            values.Add(node.IsVariable ? [variable(node)] : Of(node, [.. node.Inputs.Select(Known)]));
        }

        return values;

        // A node that refers to a later one is not computed; MXNet itself writes nodes in order.
        SymbolValue? Known(SymbolEntry entry) =>
            entry.Node < values.Count ? values[entry.Node].ElementAtOrDefault(entry.Output) : null;
    }

    /// <summary>The outputs of one node; empty when its operation is not known or its attributes make no
    /// sense.</summary>
    public static IReadOnlyList<SymbolValue> Of(SymbolNode node, IReadOnlyList<SymbolValue?> inputs)
    {
        if (!Rules.TryGetValue(SymbolOperations.Canonical(node.Operation), out var rule))
        {
            return [new SymbolValue(null, SymbolTypes.Of(node, inputs, output: 0))];
        }

        try
        {
            var sizes = rule(new NodeShapes(node, [.. inputs.Select(input => input?.Size)]));
            return [.. sizes.Select((size, output) => new SymbolValue(Plausible(size), SymbolTypes.Of(node, inputs, output)))];
        }
        catch (SymbolAttributeException)
        {
            return [new SymbolValue(null, SymbolTypes.Of(node, inputs, output: 0))];
        }
    }

    private static long[]? Plausible(long[]? size) =>
        size is null || size.Length > MaximumAxes
            ? null
            : [.. size.Select(dimension => dimension is < 0 or > int.MaxValue ? -1 : dimension)];
}
