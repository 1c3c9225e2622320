using System.Text.Json;
using System.Text.Unicode;

namespace Klever.Formats.Keras;

/// <summary>The JSON of <c>model_config</c>, as Python's <c>json</c> writes it: checked for size and depth before it is
/// held as a tree, and with the bare words NaN and Infinity, which are not JSON, taken out.</summary>
internal static class KerasConfigDocument
{
    /// <summary>JSON values and names of one model_config; 10 000 layers have about 600 000.</summary>
    public const int MaximumTokens = 1_500_000;

    /// <summary>Bytes of one text in it, such as the code of a Lambda.</summary>
    public const int MaximumTextBytes = 4 * 1024 * 1024;

    public static JsonElement Parse(ModelFile file, byte[] text)
    {
        if (!Utf8.IsValid(text))
        {
            throw file.NotTheFormat("model_config is not UTF-8 text");
        }

        ReplaceBareWords(text);
        try
        {
            Measure(file, text);
            return JsonDocument.Parse(
                text, new JsonDocumentOptions { MaxDepth = file.Limits.MaximumDepth }).RootElement;
        }
        catch (JsonException exception)
        {
            throw file.NotTheFormat(
                $"model_config is not JSON, at its line {exception.LineNumber + 1}, byte {exception.BytePositionInLine}",
                inner: exception);
        }
    }

    private static void Measure(ModelFile file, byte[] text)
    {
        var reader = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = file.Limits.MaximumDepth + 2 });
        var tokens = 0;
        while (reader.Read())
        {
            if (++tokens > MaximumTokens)
            {
                throw file.LimitExceeded($"model_config holds more than {MaximumTokens} JSON values");
            }

            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName)
            {
                CheckText(file, reader);
            }

            if (reader.CurrentDepth > file.Limits.MaximumDepth)
            {
                throw file.LimitExceeded($"model_config is nested deeper than {file.Limits.MaximumDepth} levels");
            }
        }
    }

    // Python writes half of a surrogate pair as an escape, which .NET can read but never give out.
    private static void CheckText(ModelFile file, in Utf8JsonReader reader)
    {
        if (reader.ValueSpan.Length > MaximumTextBytes)
        {
            throw file.LimitExceeded($"model_config holds a text of more than {MaximumTextBytes} bytes");
        }

        try
        {
            _ = reader.ValueIsEscaped ? reader.GetString() : null;
        }
        catch (InvalidOperationException exception)
        {
            throw file.NotTheFormat(
                "model_config holds text that is not Unicode: half of a surrogate pair", inner: exception);
        }
    }

    // An empty text takes the place of the word: no number, so that whoever needs one there says so.
    private static void ReplaceBareWords(Span<byte> text)
    {
        var isText = false;
        for (var i = 0; i < text.Length; i++)
        {
            if (isText)
            {
                isText = text[i] != '"';
                i += text[i] == '\\' ? 1 : 0;
            }
            else if (text[i] == '"')
            {
                isText = true;
            }
            else if (WordLength(text[i..]) is > 0 and var length)
            {
                "\"\""u8.CopyTo(text[i..]);
                text.Slice(i + 2, length - 2).Fill((byte)' ');
                i += length - 1;
            }
        }
    }

    private static int WordLength(ReadOnlySpan<byte> text) =>
        text.StartsWith("NaN"u8) ? 3 : text.StartsWith("Infinity"u8) ? 8 : text.StartsWith("-Infinity"u8) ? 9 : 0;
}
