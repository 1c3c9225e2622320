using System.Xml;

namespace Klever.Formats.Pmml;

/// <summary>Holds the names of elements, attributes and namespaces of a document, and not more of them than PMML could have.</summary>
internal sealed class BoundedNameTable(ModelFile file) : XmlNameTable
{
    /// <summary>Different names of one document, at most; PMML defines a few hundred.</summary>
    public const int MaximumNames = 50_000;

    private readonly NameTable _names = new();
    private int _count;

    public override string Add(string array) => _names.Get(array) ?? Count(_names.Add(array));

    public override string Add(char[] array, int offset, int length) =>
        _names.Get(array, offset, length) ?? Count(_names.Add(array, offset, length));

    public override string? Get(string array) => _names.Get(array);

    public override string? Get(char[] array, int offset, int length) => _names.Get(array, offset, length);

    private string Count(string name)
    {
        if (name.Length > file.Limits.MaximumNameBytes)
        {
            throw file.LimitExceeded($"an element or attribute has a name longer than {file.Limits.MaximumNameBytes} characters");
        }

        return ++_count <= MaximumNames
            ? name
            : throw file.LimitExceeded($"the document uses more than {MaximumNames} different names of elements and attributes");
    }
}
