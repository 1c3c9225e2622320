using Klever.Formats.MXNet;

namespace Klever.Conversion.Tests.MXNet.Evaluation;

/// <summary>Computes symbols plainly, by the definition of each operation in MXNet's documentation and source; shares no code
/// with the converter but the reading of attributes.</summary>
internal static class SymbolEvaluator
{
    private static readonly Dictionary<string, Func<SymbolAttributes, Values[], Values[]>> Operations = LayerDefinitions.Table
        .Concat(ElementDefinitions.Table)
        .Concat(AxisDefinitions.Table)
        .Concat(SequenceDefinitions.Table)
        .Concat(BoxDefinitions.Table)
        .Concat(RegionDefinitions.Table)
        .ToDictionary(StringComparer.Ordinal);

    /// <returns>The outputs of one node.</returns>
    public static Values[] Run(SymbolNode node, Values[] inputs) =>
        Operations[SymbolOperations.Canonical(node.Operation)](node.Attributes, inputs);

    /// <returns>The heads.</returns>
    public static IReadOnlyList<Values> Run(SymbolGraph graph, IReadOnlyDictionary<string, Values> variables)
    {
        var results = new List<Values[]>();
        foreach (var node in graph.Nodes)
        {
            results.Add(node.IsVariable
                ? variables.TryGetValue(node.Name, out var given) ? [given] : []
                : Run(node, [.. node.Inputs.Where(i => results[i.Node].Length > 0).Select(i => results[i.Node][i.Output])]));
        }

        return [.. graph.Heads.Select(head => results[head.Node][head.Output])];
    }
}
