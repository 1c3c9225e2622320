using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Klever.Local.Cluster.Objects;

namespace Klever.Local.Cluster.Schemas;

/// <summary>The checks of a single value: enum, pattern, bounds, lengths, formats.</summary>
internal static class ValueChecks
{
    private static readonly TimeSpan PatternTimeout = TimeSpan.FromSeconds(1);

    public static void Check(StructuralSchema schema, JsonNode value, string field, List<FieldError> errors)
    {
        if (schema.Json["enum"] is JsonArray allowed && !allowed.Any(a => JsonNode.DeepEquals(a, value)))
        {
            errors.Add(FieldError.NotSupported(field, value.ToJsonString(), allowed.Select(a => a?.ToJsonString() ?? "null")));
        }

        switch (value.GetValueKind())
        {
            case JsonValueKind.String:
                CheckText(schema, value.GetValue<string>(), field, errors);
                break;
            case JsonValueKind.Number:
                CheckNumber(schema, value, field, errors);
                break;
            case JsonValueKind.Array:
                CheckItems(schema, (JsonArray)value, field, errors);
                break;
            case JsonValueKind.Object:
                CheckMembers(schema, (JsonObject)value, field, errors);
                break;
        }
    }

    private static void CheckText(StructuralSchema schema, string text, string field, List<FieldError> errors)
    {
        var shown = JsonValue.Create(text).ToJsonString();
        var length = text.EnumerateRunes().Count();
        if (schema.Json.Number("minLength") is { } minimum && length < minimum)
        {
            errors.Add(FieldError.Invalid(field, shown, $"{field} in body should be at least {minimum} chars long"));
        }

        if (schema.Json.Number("maxLength") is { } maximum && length > maximum)
        {
            errors.Add(FieldError.TooLong(field, maximum));
        }

        if (schema.Json.Text("pattern") is { } pattern && !Regex.IsMatch(text, pattern, RegexOptions.None, PatternTimeout))
        {
            errors.Add(FieldError.Invalid(field, shown, $"{field} in body should match '{pattern}'"));
        }

        if (schema.Json.Text("format") == "date-time" && !DateTimeOffset.TryParse(text, out _))
        {
            errors.Add(FieldError.Invalid(field, shown, $"{field} in body must be of type date-time: {shown}"));
        }
    }

    private static void CheckNumber(StructuralSchema schema, JsonNode value, string field, List<FieldError> errors)
    {
        var number = double.Parse(value.ToJsonString());
        var floor = Bound(schema, "minimum");
        var ceiling = Bound(schema, "maximum");
        if (floor is not null && (schema.Json.Flag("exclusiveMinimum") ? number <= floor : number < floor))
        {
            var relation = schema.Json.Flag("exclusiveMinimum") ? "greater than" : "greater than or equal to";
            errors.Add(FieldError.Invalid(field, value.ToJsonString(), $"{field} in body should be {relation} {floor}"));
        }

        if (ceiling is not null && (schema.Json.Flag("exclusiveMaximum") ? number >= ceiling : number > ceiling))
        {
            var relation = schema.Json.Flag("exclusiveMaximum") ? "less than" : "less than or equal to";
            errors.Add(FieldError.Invalid(field, value.ToJsonString(), $"{field} in body should be {relation} {ceiling}"));
        }

        if (schema.Json.Text("format") == "int32" && number is < int.MinValue or > int.MaxValue)
        {
            errors.Add(FieldError.Invalid(field, value.ToJsonString(), $"{field} in body must be of type int32"));
        }
    }

    private static void CheckItems(StructuralSchema schema, JsonArray items, string field, List<FieldError> errors)
    {
        if (schema.Json.Number("minItems") is { } minimum && items.Count < minimum)
        {
            errors.Add(FieldError.Invalid(field, items.Count.ToString(), $"{field} in body should have at least {minimum} items"));
        }

        if (schema.Json.Number("maxItems") is { } maximum && items.Count > maximum)
        {
            errors.Add(FieldError.TooMany(field, items.Count, maximum));
        }

        var keys = schema.ListMapKeys;
        if (keys.Count == 0 && !schema.IsSet)
        {
            return;
        }

        var seen = new HashSet<string>();
        for (var index = 0; index < items.Count; index++)
        {
            var identity = keys.Count == 0
                ? items[index]?.ToJsonString() ?? "null"
                : string.Join(", ", keys.Select(k => $"{k}: {items[index].At(k)?.ToJsonString() ?? "null"}"));
            if (!seen.Add(identity))
            {
                errors.Add(FieldError.Duplicate($"{field}[{index}]", identity));
            }
        }
    }

    private static void CheckMembers(StructuralSchema schema, JsonObject members, string field, List<FieldError> errors)
    {
        if (schema.Json.Number("minProperties") is { } minimum && members.Count < minimum)
        {
            errors.Add(FieldError.Invalid(field, members.Count.ToString(), $"{field} in body should have at least {minimum} properties"));
        }

        if (schema.Json.Number("maxProperties") is { } maximum && members.Count > maximum)
        {
            errors.Add(FieldError.TooMany(field, members.Count, maximum));
        }
    }

    private static double? Bound(StructuralSchema schema, string name) =>
        schema.Json[name] is JsonValue value && double.TryParse(value.ToJsonString(), out var number) ? number : null;
}
