using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace Klever.Models;

/// <summary>YAML to JSON and back: plain scalars by the core schema (YAML 1.2.2, section 10.3), quoted ones are text, aliases are
/// resolved within limits, tags are ignored.</summary>
internal static partial class OrmbYaml
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

    public static string Write(JsonObject document)
    {
        using var text = new StringWriter { NewLine = "\n" };
        var emitter = new Emitter(text, new EmitterSettings().WithNewLine("\n"));
        emitter.Emit(new StreamStart());
        emitter.Emit(new DocumentStart());
        Emit(emitter, document);
        emitter.Emit(new DocumentEnd(isImplicit: true));
        emitter.Emit(new StreamEnd());
        return text.ToString();
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

    private static void Emit(Emitter emitter, JsonNode? node)
    {
        switch (node)
        {
            case JsonObject mapping:
                emitter.Emit(new MappingStart(
                    AnchorName.Empty, TagName.Empty, isImplicit: true, mapping.Count == 0 ? MappingStyle.Flow : MappingStyle.Block));
                foreach (var (key, value) in mapping)
                {
                    EmitText(emitter, key);
                    Emit(emitter, value);
                }

                emitter.Emit(new MappingEnd());
                break;
            case JsonArray list:
                var style = list.All(item => item is JsonValue) ? SequenceStyle.Flow : SequenceStyle.Block;
                emitter.Emit(new SequenceStart(AnchorName.Empty, TagName.Empty, isImplicit: true, style));
                foreach (var item in list)
                {
                    Emit(emitter, item);
                }

                emitter.Emit(new SequenceEnd());
                break;
            case JsonValue value when value.GetValueKind() == JsonValueKind.String:
                EmitText(emitter, value.GetValue<string>());
                break;
            default:
                emitter.Emit(new Scalar(node?.ToJsonString() ?? "null"));
                break;
        }
    }

    private static void EmitText(Emitter emitter, string text)
    {
        var style = Plain(text) is JsonValue value && value.GetValueKind() == JsonValueKind.String && !MistakenPattern().IsMatch(text)
            ? text.Contains('\n') ? ScalarStyle.DoubleQuoted : ScalarStyle.Any
            : ScalarStyle.DoubleQuoted;
        emitter.Emit(new Scalar(AnchorName.Empty, TagName.Empty, text, style, isPlainImplicit: true, isQuotedImplicit: true));
    }

    [GeneratedRegex(@"\A[-+]?[0-9]+\z")]
    private static partial Regex IntegerPattern();

    [GeneratedRegex(@"\A[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\z")]
    private static partial Regex FloatPattern();

    // Text that YAML 1.1 readers, such as the Go ones, would take for something else: yes, 1_000, 0x1F, 12:30, 2024-01-01, .inf …
    [GeneratedRegex(@"\A(?:[yYnN]|yes|Yes|YES|no|No|NO|on|On|ON|off|Off|OFF|=|<<|[-+.]?[0-9].*|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))\z")]
    private static partial Regex MistakenPattern();
}
