using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Klever.Formats.Keras.Operations;

/// <summary>The node of a graph that a TensorFlowOpLayer of Keras 2.2 and 2.3 holds: its operation, its attributes, and those of its inputs
/// that are constants.</summary>
internal sealed record KerasOpNode(
    string Operation, IReadOnlyDictionary<string, KerasArgument> Attributes, IReadOnlyList<(int Index, JsonElement Value)> Constants)
{
    public static KerasOpNode Of(KerasConfig config)
    {
        var node = Definition(config);
        var attributes = new Dictionary<string, KerasArgument>(StringComparer.Ordinal);
        if (node.Find("attr") is { ValueKind: JsonValueKind.Object } all)
        {
            foreach (var attribute in all.EnumerateObject())
            {
                attributes[attribute.Name] = Value(attribute.Value);
            }
        }

        var constants = config.Find("constants") is { ValueKind: JsonValueKind.Object } given
            ? given.EnumerateObject()
                .Where(one => int.TryParse(one.Name, CultureInfo.InvariantCulture, out _))
                .Select(one => (int.Parse(one.Name, CultureInfo.InvariantCulture), one.Value))
                .ToList()
            : [];
        return new KerasOpNode(node.Text("op") ?? "", attributes, constants);
    }

    // An object, or its text.
    private static KerasConfig Definition(KerasConfig config)
    {
        if (config.Text("node_def") is not { } text)
        {
            return config.Inner("node_def");
        }

        try
        {
            return new KerasConfig(JsonDocument.Parse(text).RootElement);
        }
        catch (JsonException)
        {
            return default;
        }
    }

    // {"i": "1"}, {"b": true}, {"f": 0.2}, {"type": "DT_FLOAT"}, {"s": "VkFMSUQ="} or {"list": {"i": ["1", "2"]}}.
    private static KerasArgument Value(JsonElement attribute)
    {
        var value = new KerasConfig(attribute);
        if (value.Find("list") is { ValueKind: JsonValueKind.Object } list)
        {
            var items = list.EnumerateObject().SelectMany(kind => KerasConfig.Items(kind.Value).Select(item => Scalar(kind.Name, item)));
            return new KerasArgument(attribute, Items: [.. items]);
        }

        return value.Element.ValueKind == JsonValueKind.Object && value.Element.EnumerateObject().FirstOrDefault() is { Name: not null } only
            ? Scalar(only.Name, only.Value)
            : new KerasArgument(default);
    }

    private static KerasArgument Scalar(string kind, JsonElement value) => (kind, value.ValueKind) switch
    {
        ("i", JsonValueKind.String) when long.TryParse(value.GetString(), CultureInfo.InvariantCulture, out var number) =>
            new KerasArgument(JsonDocument.Parse(number.ToString(CultureInfo.InvariantCulture)).RootElement),
        ("s", JsonValueKind.String) when value.TryGetBytesFromBase64(out var bytes) =>
            new KerasArgument(JsonDocument.Parse($"\"{JsonEncodedText.Encode(Encoding.UTF8.GetString(bytes))}\"").RootElement),
        _ => new KerasArgument(value),
    };
}
