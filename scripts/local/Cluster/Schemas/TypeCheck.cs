using System.Text.Json;
using System.Text.Json.Nodes;

namespace Klever.Local.Cluster.Schemas;

/// <summary>Whether a value has the JSON type that its schema asks for.</summary>
internal static class TypeCheck
{
    public static bool Passes(StructuralSchema schema, JsonNode? value, string field, List<FieldError> errors)
    {
        var found = NameOf(value);
        if (schema.IsIntegerOrString)
        {
            return found is "integer" or "string" || Fail("integer,string", found, field, errors);
        }

        var wanted = schema.Type;
        return wanted is null || wanted == found || (wanted == "number" && found == "integer") || Fail(wanted, found, field, errors);
    }

    private static bool Fail(string wanted, string found, string field, List<FieldError> errors)
    {
        errors.Add(FieldError.Type(field, $"\"{found}\"", $"{field} in body must be of type {wanted}: \"{found}\""));
        return false;
    }

    private static string NameOf(JsonNode? value) => value?.GetValueKind() switch
    {
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.String => "string",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        JsonValueKind.Number => IsWhole(value!) ? "integer" : "number",
        _ => "null",
    };

    private static bool IsWhole(JsonNode value) =>
        decimal.TryParse(value.ToJsonString(), System.Globalization.NumberStyles.Float, null, out var number) && number == decimal.Truncate(number);
}
