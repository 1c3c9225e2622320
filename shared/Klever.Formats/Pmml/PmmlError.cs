using System.Text.RegularExpressions;
using System.Xml;
using Klever.Models;

namespace Klever.Formats.Pmml;

/// <summary>What a failure of the XML reader means for a person.</summary>
internal static partial class PmmlError
{
    public static ModelReadException NotWellFormed(ModelFile file, XmlException exception, bool isProlog)
    {
        var place = exception.LineNumber > 0 ? $", line {exception.LineNumber}, column {exception.LinePosition}" : "";
        return isProlog && exception.Message.Contains("DTD", StringComparison.OrdinalIgnoreCase)
            ? file.NotSupported($"the document has a DOCTYPE, and document type definitions are not read; remove it{place}", inner: exception)
            : file.NotTheFormat($"not well-formed XML: {Excerpt.Of(Position().Replace(exception.Message, ""))}{place}", inner: exception);
    }

    /// <summary>The reader's own way to name the place, which stands at the end of its message.</summary>
    [GeneratedRegex(@"\.?\s*Line \d+, position \d+\.\s*$")]
    private static partial Regex Position();
}
