namespace Klever.Formats.MXNet;

/// <summary>A parameter of a node whose text is not of the parameter's type.</summary>
internal sealed class SymbolAttributeException(string attribute, string problem) : Exception(problem)
{
    public string Attribute { get; } = attribute;
}
