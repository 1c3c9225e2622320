using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Klever.Models;

/// <summary>YAML to JSON: plain scalars by the core schema (YAML 1.2.2, section 10.3), quoted ones are text, aliases are
/// resolved within limits, tags are ignored.</summary>
internal static partial class OrmbYamlReader
{
    /// <summary>Nesting of mappings and lists at most.</summary>
    public const int MaximumDepth = 64;

    /// <summary>Nodes of a document at most, counted after aliases are resolved: what a "billion laughs" document runs into.</summary>
    public const int MaximumNodes = 500_000;

    public static JsonObject Read(string yaml)
    {
        if (yaml.Length > OrmbFile.MaximumSize)
        {
            throw new OrmbFileException($"ormbfile.yaml is {yaml.Length} characters long; at most {OrmbFile.MaximumSize} are read.");
        }

        try
        {
            CheckDepth(yaml);
            var stream = new YamlStream();
            stream.Load(new StringReader(yaml));
            var nodes = 0;
            return stream.Documents.Count switch
            {
                0 => [],
                1 => ToJson(stream.Documents[0].RootNode, depth: 0, ref nodes) switch
                {
                    JsonObject document => document,
                    null => [],
                    _ => throw new OrmbFileException("ormbfile.yaml is not a mapping of keys and values."),
                },
                var count => throw new OrmbFileException($"ormbfile.yaml holds {count} documents; expected one."),
            };
        }
        catch (YamlException exception)
        {
            throw new OrmbFileException(
                $"ormbfile.yaml is not YAML: line {exception.Start.Line}, column {exception.Start.Column}: {Excerpt.Of(exception.Message)}",
                exception);
        }
    }

    // The representation model recurses while it loads, so depth is checked on the events before.
    private static void CheckDepth(string yaml)
    {
        var parser = new Parser(new StringReader(yaml));
        var depth = 0;
        while (parser.MoveNext())
        {
            depth += parser.Current!.NestingIncrease;
            if (depth > MaximumDepth + 2)
            {
                throw new OrmbFileException(
                    $"ormbfile.yaml is nested deeper than {MaximumDepth} levels at line {parser.Current.Start.Line}.");
            }
        }
    }

    private static JsonNode? ToJson(YamlNode node, int depth, ref int nodes)
    {
        if (++nodes > MaximumNodes)
        {
            throw new OrmbFileException($"ormbfile.yaml has more than {MaximumNodes} values once its aliases are resolved.");
        }

        if (depth > MaximumDepth)
        {
            throw new OrmbFileException($"ormbfile.yaml is nested deeper than {MaximumDepth} levels once its aliases are resolved.");
        }

        switch (node)
        {
            case YamlMappingNode mapping:
                var target = new JsonObject();
                foreach (var (key, value) in mapping.Children)
                {
                    target[Key(key)] = ToJson(value, depth + 1, ref nodes);
                }

                return target;
            case YamlSequenceNode sequence:
                var list = new JsonArray();
                foreach (var item in sequence.Children)
                {
                    list.Add(ToJson(item, depth + 1, ref nodes));
                }

                return list;
            case YamlScalarNode scalar:
                return scalar.Style == ScalarStyle.Plain ? Plain(scalar.Value ?? "") : JsonValue.Create(scalar.Value);
            default:
                throw new OrmbFileException($"ormbfile.yaml has a {node.NodeType} at line {node.Start.Line}, which is not supported.");
        }
    }

    private static string Key(YamlNode key) => key is YamlScalarNode { Value: { } text }
        ? text
        : throw new OrmbFileException($"ormbfile.yaml has a key that is not text at line {key.Start.Line}.");

    private static JsonNode? Plain(string text) => text switch
    {
        "" or "~" or "null" or "Null" or "NULL" => null,
        "true" or "True" or "TRUE" => JsonValue.Create(true),
        "false" or "False" or "FALSE" => JsonValue.Create(false),
        _ when IntegerPattern().IsMatch(text) && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var integer)
            => JsonValue.Create(integer),
        _ when FloatPattern().IsMatch(text) && double.TryParse(text, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            => JsonValue.Create(number),
        _ => JsonValue.Create(text),
    };

    [GeneratedRegex(@"\A[-+]?[0-9]+\z")]
    private static partial Regex IntegerPattern();

    [GeneratedRegex(@"\A[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\z")]
    private static partial Regex FloatPattern();
}
