using System.Globalization;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Klever.Local.Yaml;

/// <summary>Reads YAML as JSON: plain scalars by the core schema of YAML 1.2, quoted ones as strings, aliases refused.</summary>
internal static class YamlDocuments
{
    /// <summary>Documents without content are left out.</summary>
    /// <exception cref="FormatException">Not YAML; the message names line and column.</exception>
    public static IReadOnlyList<JsonNode> Parse(string text)
    {
        var stream = new YamlStream();
        try
        {
            stream.Load(new Parser(new StringReader(text)));
        }
        catch (YamlException exception)
        {
            throw new FormatException($"not YAML at line {exception.Start.Line}, column {exception.Start.Column}: {exception.Message}", exception);
        }

        return [.. stream.Documents.Select(d => ToJson(d.RootNode)).OfType<JsonNode>()];
    }

    public static IReadOnlyList<JsonObject> ReadFile(string path)
    {
        try
        {
            return [.. Parse(File.ReadAllText(path)).OfType<JsonObject>()];
        }
        catch (FormatException exception)
        {
            throw new FormatException($"{path}: {exception.Message}", exception);
        }
    }

    private static JsonNode? ToJson(YamlNode node) => node switch
    {
        YamlMappingNode mapping => new JsonObject(mapping.Children.Select(
            c => KeyValuePair.Create(((YamlScalarNode)c.Key).Value ?? "", ToJson(c.Value)))),
        YamlSequenceNode sequence => new JsonArray([.. sequence.Children.Select(ToJson)]),
        YamlScalarNode { Style: ScalarStyle.Plain } scalar => Plain(scalar.Value ?? ""),
        YamlScalarNode scalar => JsonValue.Create(scalar.Value),
        _ => throw new FormatException($"unexpected {node.NodeType} in YAML"),
    };

    private static JsonNode? Plain(string text) => text switch
    {
        "" or "~" or "null" or "Null" or "NULL" => null,
        "true" or "True" or "TRUE" => true,
        "false" or "False" or "FALSE" => false,
        _ when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) => whole,
        _ when IsNumber(text) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
        _ => text,
    };

    private static bool IsNumber(string text) => char.IsAsciiDigit(text[^1]) && text.All(c => char.IsAsciiDigit(c) || "+-.eE".Contains(c));
}
