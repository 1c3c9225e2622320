namespace Klever.Formats.MXNet;

/// <summary>Names of what a symbol gives.</summary>
internal static class SymbolOutputs
{
    /// <summary>One name for each head: that of its node, with the output's number behind it from the second output
    /// on.</summary>
    public static IReadOnlyList<string> Names(SymbolGraph graph) =>
        [.. graph.Heads.Select(head => graph.Nodes[head.Node].Name + (head.Output == 0 ? "" : $"{head.Output}"))];
}
