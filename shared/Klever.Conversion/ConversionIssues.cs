using Klever.Models;

namespace Klever.Conversion;

/// <summary>Collects what stands against a conversion, so that a person learns everything at once and not one thing per
/// attempt.</summary>
internal sealed class ConversionIssues(ModelFormat from, ModelFormat to)
{
    private readonly List<ConversionIssue> _issues = [];

    public bool Any => _issues.Count > 0;

    public void Add(ConversionIssue issue) => _issues.Add(issue);

    public void UnsupportedOperation(string? layer, string operation) =>
        Add(new ConversionIssue(ConversionProblem.UnsupportedOperation, Detail: null, layer, operation));

    public void UnsupportedAttribute(string? layer, string operation, string detail) =>
        Add(new ConversionIssue(ConversionProblem.UnsupportedAttribute, detail, layer, operation));

    /// <summary>The error to throw at once, with what was collected before it.</summary>
    public ConversionException Error(ConversionIssue issue) => new(from, to, [.. _issues, issue]);

    /// <exception cref="ConversionException">Something was collected.</exception>
    public void ThrowIfAny()
    {
        if (Any)
        {
            throw new ConversionException(from, to, _issues);
        }
    }
}
