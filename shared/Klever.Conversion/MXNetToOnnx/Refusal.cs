using Klever.Formats.MXNet;

namespace Klever.Conversion.MXNetToOnnx;

/// <summary>Why one node cannot be converted; caught where all such nodes are gathered.</summary>
internal sealed class Refusal : Exception
{
    private readonly ConversionProblem _problem;

    public Refusal(string detail, bool needsSize = false)
        : this(needsSize ? ConversionProblem.BadInputSpecification : ConversionProblem.UnsupportedAttribute, detail)
    {
    }

    private Refusal(ConversionProblem problem, string detail)
        : base(detail) => _problem = problem;

    /// <summary>Only a size is missing, which may be because an earlier node could not be followed.</summary>
    public bool NeedsSize => _problem == ConversionProblem.BadInputSpecification;

    public static Refusal OfOperation() => new(ConversionProblem.UnsupportedOperation, "");

    public static Refusal OfWeight(string detail) => new(ConversionProblem.MissingWeight, detail);

    public ConversionIssue ToIssue(SymbolNode node) => new(
        _problem,
        _problem == ConversionProblem.UnsupportedOperation ? null : Message,
        node.Name,
        node.IsVariable ? null : node.Operation);
}
