using System.Text;

namespace Klever.Formats.Caffe.TextFormat;

/// <summary>Cuts text-format bytes into tokens; comments and white space fall away.</summary>
internal sealed class TextFormatTokenizer
{
    private const string Symbols = "{}<>[]:,;-/";

    private readonly ReadOnlyMemory<byte> _text;
    private readonly int _maximumTokenBytes;
    private int _position;
    private int _line = 1;
    private int _lineStart;

    public TextFormatTokenizer(ReadOnlyMemory<byte> utf8, int maximumTokenBytes)
    {
        _text = utf8;
        _maximumTokenBytes = maximumTokenBytes;
        if (utf8.Span.StartsWith("\uFEFF"u8))
        {
            _lineStart = _position = 3;
        }
    }

    public TextToken Next()
    {
        SkipBlanks();
        var position = Here();
        if (_position == _text.Length)
        {
            return new TextToken(TextTokenKind.End, "", position);
        }

        var first = (char)_text.Span[_position];
        if (first is '"' or '\'')
        {
            return new TextToken(TextTokenKind.String, ReadString(first, position), position);
        }

        if (char.IsAsciiLetter(first) || first == '_')
        {
            return new TextToken(TextTokenKind.Word, Take(WordLength(), position), position);
        }

        if (char.IsAsciiDigit(first) || first == '.')
        {
            return new TextToken(TextTokenKind.Number, Take(NumberLength(), position), position);
        }

        return Symbols.Contains(first)
            ? new TextToken(TextTokenKind.Symbol, Take(1, position), position)
            : throw new TextFormatException(position, $"unexpected byte 0x{_text.Span[_position]:x2}; this is not prototxt");
    }

    private TextPosition Here() => new(_line, _position - _lineStart + 1);

    private void SkipBlanks()
    {
        var text = _text.Span;
        var isComment = false;
        while (_position < text.Length)
        {
            var next = text[_position];
            isComment = (isComment || next == '#') && next != '\n';
            if (!isComment && !(next is (byte)' ' or (>= 0x09 and <= 0x0D)))
            {
                return;
            }

            _position++;
            if (next == '\n')
            {
                _line++;
                _lineStart = _position;
            }
        }
    }

    private int WordLength()
    {
        var rest = _text.Span[_position..];
        var length = 1;
        while (length < rest.Length && (char.IsAsciiLetterOrDigit((char)rest[length]) || rest[length] is (byte)'_' or (byte)'.'))
        {
            length++;
        }

        return length;
    }

    private int NumberLength()
    {
        var rest = _text.Span[_position..];
        var isHexadecimal = rest.Length > 1 && rest[0] == '0' && rest[1] is (byte)'x' or (byte)'X';
        var length = 1;
        while (length < rest.Length && Continues(rest[length], rest[length - 1]))
        {
            length++;
        }

        return length;

        bool Continues(byte next, byte previous) =>
            char.IsAsciiLetterOrDigit((char)next) || next is (byte)'.' or (byte)'_'
            || (next is (byte)'+' or (byte)'-' && previous is (byte)'e' or (byte)'E' && !isHexadecimal);
    }

    private string Take(int length, TextPosition position)
    {
        if (length > _maximumTokenBytes)
        {
            throw new TextFormatException(position, $"a word is longer than {_maximumTokenBytes} bytes", isLimit: true);
        }

        var text = Encoding.UTF8.GetString(_text.Span.Slice(_position, length));
        _position += length;
        return text;
    }

    private string ReadString(char quote, TextPosition start)
    {
        var text = _text.Span;
        var end = _position + 1;
        while (end < text.Length && text[end] != quote && text[end] != '\n')
        {
            end += text[end] == '\\' ? 2 : 1;
        }

        if (end >= text.Length || text[end] != quote)
        {
            throw new TextFormatException(start, "the string that begins here does not end on its line");
        }

        if (end - _position - 1 > _maximumTokenBytes)
        {
            throw new TextFormatException(start, $"a string is longer than {_maximumTokenBytes} bytes", isLimit: true);
        }

        var content = text[(_position + 1)..end];
        _position = end + 1;
        return Encoding.UTF8.GetString(content.Contains((byte)'\\') ? TextEscapes.Resolve(content, start) : content);
    }
}
