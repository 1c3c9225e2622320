namespace Klever.Formats.MXNet;

/// <summary>A network as <c>symbol.json</c> holds it.</summary>
/// <param name="Heads">What the network gives, in its order.</param>
/// <param name="Version">10000 × major + 100 × minor + patch of the MXNet that wrote it; 0 before 0.9.</param>
internal sealed record SymbolGraph(IReadOnlyList<SymbolNode> Nodes, IReadOnlyList<SymbolEntry> Heads, int Version);
