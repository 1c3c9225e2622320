using Klever.Formats.Caffe;

namespace Klever.Conversion.CaffeToNetDef;

/// <summary>Why one layer cannot be converted; caught where all such layers are gathered.</summary>
/// <param name="detail">Null when the type itself is not supported.</param>
internal sealed class LayerRefusal(ConversionProblem problem, string? detail) : Exception(detail)
{
    public LayerRefusal(string detail)
        : this(ConversionProblem.UnsupportedAttribute, detail)
    {
    }

    public ConversionIssue ToIssue(CaffeLayer layer) => new(problem, detail, layer.Name, layer.Type);
}
