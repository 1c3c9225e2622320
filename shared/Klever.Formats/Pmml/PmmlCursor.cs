using System.Text;
using System.Xml;
using Klever.Models;

namespace Klever.Formats.Pmml;

/// <summary>Moves over a PMML document from element to element, forward only, by local names: the namespace differs with every
/// version of PMML. Counts the model elements that it comes by.</summary>
internal sealed class PmmlCursor : IDisposable
{
    /// <summary>Nesting of elements. Above <see cref="ReadLimits.MaximumDepth"/>, because a decision tree nests a node in a node.</summary>
    public const int MaximumDepth = 10_000;

    private const int HeadLength = 64;
    private const int ChunkLength = 16 * 1024;

    private readonly ModelFile _file;
    private readonly MeteredStream _stream;
    private readonly XmlReader _xml;
    private readonly char[] _chunk = new char[ChunkLength];
    private readonly List<LayerCount> _models = [];
    private int? _extension;
    private long _elements;
    private long _held;

    // Documents of SAS, SPSS and others declare code pages that .NET knows only with this provider.
    static PmmlCursor() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public PmmlCursor(ModelFile file)
    {
        var head = new byte[HeadLength];
        head = head[..file.Content.ReadAtLeast(head, HeadLength, throwOnEndOfStream: false)];
        if (head.Length == 0 || head.AsSpan().StartsWith("version https://git-lfs"u8))
        {
            throw file.NotTheFormat(head.Length == 0
                ? "the file is empty"
                : "the file is a Git LFS pointer, not the model; run \"git lfs pull\" before pushing");
        }

        _file = file;
        _stream = new MeteredStream(file, head);
        _xml = Open(file, _stream);
    }

    public string Name => _xml.LocalName;

    /// <summary>Model elements so far, in the order of their first appearance.</summary>
    public IReadOnlyList<LayerCount> Models => _models;

    /// <summary>Moves to the outermost element.</summary>
    public void MoveToRoot()
    {
        while (Read() && _xml.NodeType != XmlNodeType.Element)
        {
        }
    }

    /// <summary>The children of the element on which the cursor stands, by name; what a caller leaves unread is passed over.</summary>
    public IEnumerable<string> Children()
    {
        var depth = _xml.Depth;
        if (_xml.IsEmptyElement)
        {
            yield break;
        }

        while (Read() && !(_xml.NodeType == XmlNodeType.EndElement && _xml.Depth == depth))
        {
            if (_xml.NodeType == XmlNodeType.Element && _xml.Depth == depth + 1)
            {
                yield return _xml.LocalName;
            }
        }
    }

    /// <summary>An attribute of the element on which the cursor stands; null when it is absent.</summary>
    public string? Attribute(string name)
    {
        var value = _xml.GetAttribute(name);
        if (value is null)
        {
            return null;
        }

        _held += 64 + (value.Length * sizeof(char));
        if (value.Length > _file.Limits.MaximumNameBytes || _held > _file.Limits.MaximumMetadataBytes)
        {
            throw _file.LimitExceeded(value.Length > _file.Limits.MaximumNameBytes
                ? $"{name} is longer than {_file.Limits.MaximumNameBytes} characters{Place()}"
                : $"names and values take more than {_file.Limits.MaximumMetadataBytes} bytes{Place()}");
        }

        return value;
    }

    public ModelReadException NotTheFormat(string problem) => _file.NotTheFormat(problem + Place());

    public ModelReadException NotSupported(string problem) => _file.NotSupported(problem + Place());

    public ModelReadException TooDeep(int depth) => _file.LimitExceeded($"models are nested more than {depth} deep{Place()}");

    public void Dispose()
    {
        _xml.Dispose();
        _stream.Dispose();
    }

    private static XmlReader Open(ModelFile file, Stream stream)
    {
        var settings = new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
            IgnoreWhitespace = true,
            NameTable = new BoundedNameTable(file),
        };
        try
        {
            return XmlReader.Create(stream, settings);
        }
        catch (XmlException exception)
        {
            throw PmmlError.NotWellFormed(file, exception, isProlog: true);
        }
    }

    private bool Read()
    {
        try
        {
            _stream.NextNode();
            var found = _xml.Read();
            while (found && _xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace)
            {
                PassText();
                found = _xml.Read();
            }

            Note(found);
            return found;
        }
        catch (XmlException exception)
        {
            throw PmmlError.NotWellFormed(_file, exception, isProlog: _elements == 0);
        }
    }

    /// <summary>Text is not used; a matrix of any length goes by in pieces.</summary>
    private void PassText()
    {
        do
        {
            _stream.NextNode();
        }
        while (_xml.ReadValueChunk(_chunk, 0, _chunk.Length) > 0);
    }

    private void Note(bool found)
    {
        if (_extension is { } depth && (!found || _xml.Depth <= depth))
        {
            _extension = null;
        }

        if (!found || _xml.NodeType != XmlNodeType.Element)
        {
            return;
        }

        _elements++;
        if (_xml.Depth > MaximumDepth)
        {
            throw _file.LimitExceeded($"elements are nested more than {MaximumDepth} deep{Place()}");
        }

        if (_extension is null && _xml.LocalName == "Extension")
        {
            _extension = _xml.Depth;
        }
        else if (_extension is null && PmmlModel.Elements.Contains(_xml.LocalName))
        {
            CountModel(_xml.LocalName);
        }
    }

    private void CountModel(string element)
    {
        var index = _models.FindIndex(model => model.Type == element);
        if (index < 0)
        {
            _models.Add(new LayerCount(element, 1));
            return;
        }

        _models[index] = _models[index] with { Count = _models[index].Count + 1 };
        if (_models[index].Count > _file.Limits.MaximumNodes)
        {
            throw _file.LimitExceeded($"the document has more than {_file.Limits.MaximumNodes} models{Place()}");
        }
    }

    private string Place() =>
        _xml is IXmlLineInfo line && line.HasLineInfo() ? $", line {line.LineNumber}, column {line.LinePosition}" : "";
}
