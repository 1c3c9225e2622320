using System.Text.Json;

namespace Klever.Formats.Keras.Operations;

/// <summary>Reads the arguments of one call. Tensors are counted in the order in which <see cref="KerasTensorParser"/> finds them, so that
/// each is known by its number among the inputs of the call.</summary>
internal sealed class KerasArgumentParser
{
    private int _next;

    public KerasArgument Parse(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Array => ParseArray(element),
        JsonValueKind.Object => ParseObject(element),
        _ => new KerasArgument(element),
    };

    /// <summary>None for what is no object.</summary>
    public Dictionary<string, KerasArgument> ParseFields(JsonElement element)
    {
        var fields = new Dictionary<string, KerasArgument>(StringComparer.Ordinal);
        if (element.ValueKind != JsonValueKind.Object)
        {
            return fields;
        }

        foreach (var property in element.EnumerateObject())
        {
            fields[property.Name] = Parse(property.Value);
        }

        return fields;
    }

    private KerasArgument ParseArray(JsonElement array)
    {
        if (KerasTensorParser.IsReference(array))
        {
            var input = _next++;
            return new KerasArgument(array, input, Fields: ParseRest(array));
        }

        // ["_CONSTANT_VALUE", -1, 2.0, {…}] stands where a tensor would.
        if (array.GetArrayLength() >= 3 && array[0].ValueKind == JsonValueKind.String && array[0].GetString() == "_CONSTANT_VALUE")
        {
            return Parse(array[2]) with { Fields = ParseRest(array) };
        }

        return new KerasArgument(array, Items: [.. array.EnumerateArray().Select(Parse)]);
    }

    private Dictionary<string, KerasArgument>? ParseRest(JsonElement array)
    {
        Dictionary<string, KerasArgument>? fields = null;
        foreach (var item in array.EnumerateArray().Skip(3))
        {
            if (item.ValueKind == JsonValueKind.Object && fields is null)
            {
                fields = ParseFields(item);
            }
            else
            {
                Parse(item);
            }
        }

        return fields;
    }

    private KerasArgument ParseObject(JsonElement element)
    {
        var settings = new KerasConfig(element);
        switch (settings.Text("class_name"))
        {
            case "__keras_tensor__":
                return settings.Inner("config").Find("keras_history") is { ValueKind: JsonValueKind.Array } history
                    && KerasTensorParser.IsReference(history)
                    ? new KerasArgument(element, _next++)
                    : new KerasArgument(element);
            case "__slice__":
                return new KerasArgument(element, Fields: ParseFields(settings.Inner("config").Element));
            case "__numpy__" or "__tensor__" or "__array__":
                return Parse(settings.Find("value") ?? settings.Inner("config").Find("value") ?? default);
        }

        return settings.Find("items") is { ValueKind: JsonValueKind.Array } items
            ? ParseArray(items)
            : new KerasArgument(element, Fields: ParseFields(element));
    }
}
