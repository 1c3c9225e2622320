namespace Klever.Formats.MXNet;

/// <summary>A node of a symbol: a variable or an operation.</summary>
/// <param name="Operation">As the file names it; <c>null</c> for a variable.</param>
internal sealed record SymbolNode(
    string Operation, string Name, SymbolAttributes Attributes, IReadOnlyList<SymbolEntry> Inputs)
{
    private const string Variable = "null";

    public bool IsVariable => Operation == Variable;

    /// <summary>An operation of MXNet's numpy, where an array of no dimension holds one element.</summary>
    public bool IsNumpy => Operation.StartsWith("_np", StringComparison.Ordinal);

    public override string ToString() => $"node \"{Models.Excerpt.Of(Name)}\" ({Models.Excerpt.Of(Operation)})";
}

/// <summary>An output of a node.</summary>
internal readonly record struct SymbolEntry(int Node, int Output);
