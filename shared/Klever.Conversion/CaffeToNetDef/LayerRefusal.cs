using Klever.Formats.Caffe;

namespace Klever.Conversion.CaffeToNetDef;

/// <summary>Why one layer cannot be converted; caught where all such layers are gathered.</summary>
internal sealed class LayerRefusal : Exception
{
    private readonly ConversionProblem _problem;
    private readonly string? _detail;

    public LayerRefusal(string detail)
        : this(ConversionProblem.UnsupportedAttribute, detail)
    {
    }

    /// <param name="detail">Null when the type itself is not supported.</param>
    public LayerRefusal(ConversionProblem problem, string? detail)
        : base(detail) => (_problem, _detail) = (problem, detail);

    /// <summary>A size is missing that the files do not hold.</summary>
    public static LayerRefusal OfSize(string what) =>
        new(ConversionProblem.BadInputSpecification, $"the size of {what} is not known; give sizes for the inputs");

    public ConversionIssue ToIssue(CaffeLayer layer) => new(_problem, _detail, layer.Name, layer.Type);
}
