using System.Text.Json.Nodes;

namespace Klever.Local.Cluster.Schemas;

/// <summary>The CEL rules of a schema. A rule that names <c>oldSelf</c> is asked only when there is a former value.</summary>
internal static class RuleChecks
{
    public static void Check(StructuralSchema schema, JsonNode value, JsonNode? former, string field, List<FieldError> errors)
    {
        foreach (var rule in schema.Rules)
        {
            if (rule.Expression is null || (rule.IsTransition && former is null))
            {
                continue;
            }

            if (!rule.Expression.Holds(value, former))
            {
                errors.Add(FieldError.Invalid(field, SchemaValidator.Show(value), rule.Message));
            }
        }
    }
}
