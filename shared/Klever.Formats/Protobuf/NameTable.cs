using System.Text;

namespace Klever.Formats.Protobuf;

/// <summary>Texts that recur in a file, each made once: a graph of a million nodes has a hundred operation
/// types.</summary>
internal sealed class NameTable
{
    /// <summary>Bytes of a text that is remembered, at most; longer ones do not recur.</summary>
    private const int MaximumBytes = 256;

    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _lookup;

    public NameTable() => _lookup = _names.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>How many different texts were made.</summary>
    public int Count { get; private set; }

    public string Get(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > MaximumBytes)
        {
            Count++;
            return Encoding.UTF8.GetString(utf8);
        }

        Span<char> characters = stackalloc char[MaximumBytes];
        var text = characters[..Encoding.UTF8.GetChars(utf8, characters)];
        if (_lookup.TryGetValue(text, out var name))
        {
            return name;
        }

        Count++;
        name = text.ToString();
        _names.Add(name);
        return name;
    }
}
