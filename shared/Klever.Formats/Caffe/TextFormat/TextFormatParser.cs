namespace Klever.Formats.Caffe.TextFormat;

/// <summary>Reads protobuf's text format (Protocol Buffers, "Text Format Language Specification") into a tree, without
/// a schema.</summary>
/// <remarks>Taken as protobuf takes it: comments, <c>k { }</c>, <c>k: { }</c> and <c>k &lt; &gt;</c>, optional
/// <c>,</c> and <c>;</c>,
/// adjacent strings, lists, byte order mark, any line ends.</remarks>
internal sealed class TextFormatParser
{
    private const int BytesPerField = 128;

    private readonly TextFormatTokenizer _tokenizer;
    private readonly ReadLimits _limits;
    private TextToken _token;
    private long _heldBytes;

    private TextFormatParser(ReadOnlyMemory<byte> utf8, ReadLimits limits)
    {
        _tokenizer = new TextFormatTokenizer(utf8, limits.MaximumNameBytes);
        _limits = limits;
        _token = _tokenizer.Next();
    }

    /// <exception cref="TextFormatException">Not text format, or a limit was reached; with line and column.</exception>
    public static TextMessage Parse(ReadOnlyMemory<byte> utf8, ReadLimits limits)
    {
        var parser = new TextFormatParser(utf8, limits);
        return parser.ReadMessage(end: null, new TextPosition(1, 1), depth: 0);
    }

    private TextMessage ReadMessage(char? end, TextPosition start, int depth)
    {
        if (depth > _limits.MaximumDepth)
        {
            throw new TextFormatException(
                _token.Position, $"messages are nested deeper than {_limits.MaximumDepth} levels", isLimit: true);
        }

        var message = new TextMessage();
        while (end is null ? _token.Kind != TextTokenKind.End : !_token.Is(end.Value))
        {
            if (_token.Kind == TextTokenKind.End)
            {
                throw new TextFormatException(
                    _token.Position, $"the file ends within the message that begins at line {start.Line}; \"{end}\" is missing");
            }

            ReadField(message, depth);
        }

        return message;
    }

    private void ReadField(TextMessage message, int depth)
    {
        var name = ReadName();
        var hasColon = TryTake(':');
        if (_token.Is('['))
        {
            ReadList(message, name, depth);
        }
        else
        {
            Add(message, name, ReadValue(name, hasColon, depth));
        }

        if (!TryTake(','))
        {
            TryTake(';');
        }
    }

    private string ReadName()
    {
        var name = _token;
        if (name.Kind == TextTokenKind.Word)
        {
            Advance();
            return name.Text;
        }

        if (!name.Is('['))
        {
            throw new TextFormatException(name.Position, $"a field name is wanted, not {name}");
        }

        Advance();
        var parts = new List<string>();
        while (!_token.Is(']'))
        {
            if (_token.Kind != TextTokenKind.Word && !_token.Is('/'))
            {
                throw new TextFormatException(_token.Position, $"the name of an extension is wanted, not {_token}");
            }

            parts.Add(_token.Text);
            Advance();
        }

        Advance();
        return $"[{string.Concat(parts)}]";
    }

    private void ReadList(TextMessage message, string name, int depth)
    {
        Advance();
        while (!TryTake(']'))
        {
            Add(message, name, ReadValue(name, hasColon: true, depth));
            if (!TryTake(',') && !_token.Is(']'))
            {
                throw new TextFormatException(_token.Position, $"\",\" or \"]\" is wanted in the list {name}, not {_token}");
            }
        }
    }

    private TextValue ReadValue(string name, bool hasColon, int depth)
    {
        var start = _token;
        if (start.Is('{') || start.Is('<'))
        {
            Advance();
            var message = ReadMessage(start.Is('{') ? '}' : '>', start.Position, depth + 1);
            Advance();
            return TextValue.Of(message, start.Position);
        }

        return hasColon
            ? ReadScalar(name)
            : throw new TextFormatException(start.Position, $"\":\" or \"{{\" is wanted after {name}, not {start}");
    }

    private TextValue ReadScalar(string name)
    {
        var start = _token;
        if (start.Kind == TextTokenKind.String)
        {
            return TextValue.Scalar(ReadStrings(), start.Position, isString: true);
        }

        var sign = TryTake('-') ? "-" : "";
        var isValid = _token.Kind == TextTokenKind.Number ? TextValue.IsNumber(_token.Text)
            : _token.Kind == TextTokenKind.Word && (sign.Length == 0 || TextValue.IsNumber(_token.Text));
        if (!isValid)
        {
            throw new TextFormatException(_token.Position, $"a value is wanted for {name}, not {_token}");
        }

        var text = sign + _token.Text;
        Advance();
        return TextValue.Scalar(text, start.Position);
    }

    private string ReadStrings()
    {
        var parts = new List<string>();
        while (_token.Kind == TextTokenKind.String)
        {
            Hold(_token.Text.Length * sizeof(char));
            parts.Add(_token.Text);
            Advance();
        }

        return string.Concat(parts);
    }

    private void Add(TextMessage message, string name, TextValue value)
    {
        Hold(BytesPerField + ((name.Length + value.Text.Length) * sizeof(char)));
        message.Add(name, value);
    }

    private void Hold(long bytes)
    {
        _heldBytes += bytes;
        if (_heldBytes > _limits.MaximumMetadataBytes)
        {
            throw new TextFormatException(
                _token.Position, $"the fields take more than {_limits.MaximumMetadataBytes} bytes", isLimit: true);
        }
    }

    private bool TryTake(char symbol)
    {
        if (!_token.Is(symbol))
        {
            return false;
        }

        Advance();
        return true;
    }

    private void Advance() => _token = _tokenizer.Next();
}
