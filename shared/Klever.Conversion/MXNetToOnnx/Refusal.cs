namespace Klever.Conversion.MXNetToOnnx;

/// <summary>Why one node cannot be converted; caught where all such nodes are gathered.</summary>
internal sealed class Refusal(string problem, bool needsSize = false) : Exception(problem)
{
    /// <summary>Only a size is missing, which may be because an earlier node could not be followed.</summary>
    public bool NeedsSize { get; } = needsSize;
}
