using System.Text.Json;

namespace Klever.Formats.Keras;

/// <summary>The settings of a layer. What is missing or of another kind is null: a reader describes what it
/// can.</summary>
internal readonly record struct KerasConfig(JsonElement Element)
{
    public JsonElement? Find(string key) =>
        Element.ValueKind == JsonValueKind.Object && Element.TryGetProperty(key, out var found)
        && found.ValueKind != JsonValueKind.Null
            ? found
            : null;

    /// <summary>The value of the first key that is there; Keras renamed most settings between versions 1 and
    /// 2.</summary>
    public JsonElement? Find(string key, string oldKey) => Find(key) ?? Find(oldKey);

    public bool Has(string key) => Element.ValueKind == JsonValueKind.Object && Element.TryGetProperty(key, out _);

    public string? Text(string key) =>
        Find(key) is { ValueKind: JsonValueKind.String } found ? found.GetString() : null;

    public bool Flag(string key, bool otherwise = false) => Find(key) switch
    {
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        { ValueKind: JsonValueKind.Number } number => number.GetDouble() != 0,
        _ => otherwise,
    };

    public long? Integer(string key) => Find(key) is { } found ? Integer(found) : null;

    public long? Integer(string key, string oldKey) => Find(key, oldKey) is { } found ? Integer(found) : null;

    public double? Number(string key) =>
        Find(key) is { ValueKind: JsonValueKind.Number } found && found.TryGetDouble(out var value) ? value : null;

    /// <summary>One number for each of <paramref name="count"/> axes; a single number serves all.</summary>
    public long[]? Integers(string key, int count) => Find(key) is { } found ? Integers(found, count) : null;

    public long[]? Integers(string key, string oldKey, int count) =>
        Find(key, oldKey) is { } found ? Integers(found, count) : null;

    /// <summary>The settings below a key, such as those of a wrapped layer.</summary>
    public KerasConfig Inner(string key) => new(Find(key) ?? default);

    /// <summary>The elements of a list or of a Python tuple; none for anything else.</summary>
    public static IEnumerable<JsonElement> Items(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Object && element.TryGetProperty("items", out var items))
        {
            element = items;
        }

        return element.ValueKind == JsonValueKind.Array ? element.EnumerateArray() : [];
    }

    /// <summary>Whether this is a list, or a tuple as Keras writes one: <c>{"class_name": "__tuple__", "items":
    /// […]}</c>.</summary>
    public static bool IsList(JsonElement element) =>
        element.ValueKind == JsonValueKind.Array
        || (element.ValueKind == JsonValueKind.Object && element.TryGetProperty("items", out var items)
            && items.ValueKind == JsonValueKind.Array);

    /// <summary>Dimensions, -1 where the file has null; null when this is no list of them.</summary>
    public static IReadOnlyList<long>? Size(JsonElement? element, int maximumRank = 64)
    {
        if (element is not { } found || !IsList(found))
        {
            return null;
        }

        var size = new List<long>();
        foreach (var item in Items(found))
        {
            var dimension = item.ValueKind == JsonValueKind.Null ? -1 : Integer(item);
            if (dimension is null || size.Count == maximumRank)
            {
                return null;
            }

            size.Add(Math.Max(-1, dimension.Value));
        }

        return size;
    }

    public static long? Integer(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Number)
        {
            return null;
        }

        if (element.TryGetInt64(out var value))
        {
            return value;
        }

        return element.TryGetDouble(out var real) && Math.Abs(real) < 1e15 && real == Math.Floor(real)
            ? (long)real
            : null;
    }

    private static long[]? Integers(JsonElement element, int count)
    {
        if (Integer(element) is { } single)
        {
            return [.. Enumerable.Repeat(single, count)];
        }

        var values = Items(element).Take(count + 1).Select(Integer).ToList();
        if (values.Contains(null) || (values.Count != count && values.Count != 1))
        {
            return null;
        }

        return values.Count == count
            ? [.. values.Select(value => value!.Value)]
            : [.. Enumerable.Repeat(values[0]!.Value, count)];
    }
}
