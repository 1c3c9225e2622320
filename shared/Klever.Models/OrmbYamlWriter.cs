using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Klever.Models;

/// <summary>JSON to YAML in the style of hand-written ormbfiles: block mappings, lists of scalars on one line, text in quotes only
/// where a YAML 1.1 or 1.2 reader would take it for something else.</summary>
/// <remarks>The emitter of YamlDotNet is not used: it writes some long keys and texts so that its own parser refuses them.</remarks>
internal static partial class OrmbYamlWriter
{
    // An implicit key may have 1024 characters (YAML 1.2.2, section 7.4.2); escapes make text longer.
    private const int LongestImplicitKey = 128;

    public static string Write(JsonObject document)
    {
        var text = new StringBuilder();
        WriteMapping(text, document, indent: 0);
        return text.Length == 0 ? "{}\n" : text.ToString();
    }

    private static void WriteMapping(StringBuilder text, JsonObject mapping, int indent)
    {
        foreach (var (key, value) in mapping)
        {
            text.Append(' ', indent);
            if (key.Length > LongestImplicitKey)
            {
                text.Append("? ").Append(Scalar(key)).Append('\n').Append(' ', indent);
            }
            else
            {
                text.Append(Scalar(key));
            }

            text.Append(':');
            WriteValue(text, value, indent);
        }
    }

    private static void WriteValue(StringBuilder text, JsonNode? value, int indent)
    {
        switch (value)
        {
            case JsonObject { Count: > 0 } mapping:
                text.Append('\n');
                WriteMapping(text, mapping, indent + 2);
                break;
            case JsonArray { Count: > 0 } list when !list.All(item => item is null or JsonValue):
                text.Append('\n');
                WriteList(text, list, indent + 2);
                break;
            default:
                text.Append(' ').Append(Flow(value)).Append('\n');
                break;
        }
    }

    private static void WriteList(StringBuilder text, JsonArray list, int indent)
    {
        foreach (var item in list)
        {
            text.Append(' ', indent).Append('-');
            if (item is JsonObject { Count: > 0 } mapping)
            {
                // The first key follows the dash; the others stand below it.
                var start = text.Length;
                WriteMapping(text, mapping, indent + 2);
                text.Remove(start, indent + 1);
            }
            else
            {
                WriteValue(text, item, indent);
            }
        }
    }

    private static string Flow(JsonNode? value) => value switch
    {
        null => "null",
        JsonObject => "{}",
        JsonArray list => $"[{string.Join(", ", list.Select(Flow))}]",
        JsonValue scalar when scalar.GetValueKind() == JsonValueKind.String => Scalar(scalar.GetValue<string>()),
        _ => value.ToJsonString(),
    };

    private static string Scalar(string text) =>
        PlainPattern().IsMatch(text) && !MistakenPattern().IsMatch(text) ? text : Quoted(text);

    private static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var c in text)
        {
            _ = c switch
            {
                '"' => quoted.Append("\\\""),
                '\\' => quoted.Append("\\\\"),
                '\n' => quoted.Append("\\n"),
                '\t' => quoted.Append("\\t"),
                < ' ' or (>= '\x7f' and <= '\xa0') or '\u2028' or '\u2029' or '\ufeff' or '\ufffe' or '\uffff' =>
                    quoted.Append($"\\u{(int)c:X4}"),
                _ => quoted.Append(c),
            };
        }

        return quoted.Append('"').ToString();
    }

    [GeneratedRegex(@"\A[A-Za-z_/](?:[A-Za-z0-9_./+*@() -]|:(?=[A-Za-z0-9/]))*(?<! )\z")]
    private static partial Regex PlainPattern();

    [GeneratedRegex(@"\A(?:y|n|yes|no|on|off|true|false|null)\z", RegexOptions.IgnoreCase)]
    private static partial Regex MistakenPattern();
}
