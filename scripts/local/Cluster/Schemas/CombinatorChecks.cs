using System.Text.Json.Nodes;

namespace Klever.Local.Cluster.Schemas;

/// <summary>allOf, anyOf, oneOf and not.</summary>
internal static class CombinatorChecks
{
    public static void Check(StructuralSchema schema, JsonNode value, string field, List<FieldError> errors, int depth)
    {
        foreach (var part in schema.AllOf)
        {
            SchemaValidator.Visit(part, value, former: null, field, errors, depth + 1);
        }

        if (schema.AnyOf.Count > 0 && !schema.AnyOf.Any(s => Holds(s, value, field, depth)))
        {
            errors.Add(Failure(field, "must validate at least one schema (anyOf)"));
        }

        if (schema.OneOf.Count > 0)
        {
            var holding = schema.OneOf.Count(s => Holds(s, value, field, depth));
            if (holding != 1)
            {
                var found = holding == 0 ? "Found none valid" : $"Found {holding} valid alternatives";
                errors.Add(Failure(field, $"must validate one and only one schema (oneOf). {found}"));
            }
        }

        if (schema.Not is not null && Holds(schema.Not, value, field, depth))
        {
            errors.Add(Failure(field, "must not validate the schema (not)"));
        }
    }

    private static bool Holds(StructuralSchema schema, JsonNode value, string field, int depth)
    {
        var errors = new List<FieldError>();
        SchemaValidator.Visit(schema, value, former: null, field, errors, depth + 1);
        return errors.Count == 0;
    }

    private static FieldError Failure(string field, string what) => FieldError.Invalid(field, "\"\"", $"\"{field}\" {what}");
}
