using System.Text.Json;
using Klever.Formats.Protobuf;

namespace Klever.Formats.MXNet;

/// <summary>Pieces of a symbol's JSON, each checked for its kind and counted against what may be held.</summary>
internal sealed class SymbolJson(ModelFile file)
{
    private const int BytesPerItem = 32;

    private readonly NameTable _names = new();
    private long _heldBytes;

    /// <summary>The next key of an object, with the reader on its value; null at the object's end.</summary>
    public string? NextKey(ref Utf8JsonReader json)
    {
        if (!json.Read() || json.TokenType == JsonTokenType.EndObject)
        {
            return null;
        }

        var key = Recurring(ref json);
        json.Read();
        return key;
    }

    public string Text(ref Utf8JsonReader json, string what)
    {
        Expect(ref json, JsonTokenType.String, what);
        return Scalar(ref json);
    }

    /// <summary>A text that recurs in the file, such as an operation's name.</summary>
    public string RecurringText(ref Utf8JsonReader json, string what)
    {
        Expect(ref json, JsonTokenType.String, what);
        return Recurring(ref json);
    }

    /// <summary>Texts by name; numbers and booleans as they are written, what is nested left out.</summary>
    public void Texts(ref Utf8JsonReader json, string what, Dictionary<string, string> target)
    {
        Expect(ref json, JsonTokenType.StartObject, what);
        while (NextKey(ref json) is { } key)
        {
            if (json.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject)
            {
                json.Skip();
                continue;
            }

            Hold(BytesPerItem, ref json);
            target[key] = Scalar(ref json);
        }
    }

    /// <summary>A list of <c>[node, output]</c> or <c>[node, output, version]</c>.</summary>
    public void Entries(ref Utf8JsonReader json, string what, List<SymbolEntry> target)
    {
        Expect(ref json, JsonTokenType.StartArray, what);
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            Expect(ref json, JsonTokenType.StartArray, what);
            json.Read();
            var node = Integer(ref json, what);
            json.Read();
            var output = json.TokenType == JsonTokenType.EndArray ? 0 : Integer(ref json, what);
            while (json.TokenType != JsonTokenType.EndArray && json.Read())
            {
                json.TrySkip();
            }

            Hold(BytesPerItem, ref json);
            target.Add(new SymbolEntry(node, output));
        }
    }

    public int Integer(ref Utf8JsonReader json, string what)
    {
        Expect(ref json, JsonTokenType.Number, what);
        return json.TryGetInt32(out var value) ? value : throw NotASymbol(ref json, $"a number in {what} is not an index");
    }

    public void Expect(ref Utf8JsonReader json, JsonTokenType type, string what)
    {
        if (json.TokenType != type)
        {
            throw NotASymbol(ref json, $"{what} is {json.TokenType}, not {type}; this is not an MXNet symbol");
        }
    }

    public void Hold(long bytes, ref Utf8JsonReader json)
    {
        _heldBytes += bytes;
        if (_heldBytes > file.Limits.MaximumMetadataBytes)
        {
            throw file.LimitExceeded(
                $"the nodes take more than {file.Limits.MaximumMetadataBytes} bytes", json.TokenStartIndex);
        }
    }

    private ModelReadException NotASymbol(ref Utf8JsonReader json, string problem) =>
        file.NotTheFormat(problem, json.TokenStartIndex);

    private string Scalar(ref Utf8JsonReader json)
    {
        switch (json.TokenType)
        {
            case JsonTokenType.String:
                Hold(sizeof(char) * json.ValueSpan.Length, ref json);
                return GetString(ref json);
            case JsonTokenType.Null:
                return "None";
            default:
                Hold(sizeof(char) * json.ValueSpan.Length, ref json);
                return _names.Get(json.ValueSpan);
        }
    }

    private string Recurring(ref Utf8JsonReader json)
    {
        var count = _names.Count;
        var text = json.ValueIsEscaped ? GetString(ref json) : _names.Get(json.ValueSpan);
        if (json.ValueIsEscaped || _names.Count != count)
        {
            Hold(sizeof(char) * json.ValueSpan.Length, ref json);
        }

        return text;
    }

    private string GetString(ref Utf8JsonReader json)
    {
        try
        {
            return json.GetString()!;
        }
        catch (InvalidOperationException exception)
        {
            throw file.NotTheFormat("a text is not valid UTF-8 or UTF-16", json.TokenStartIndex, exception);
        }
    }
}
