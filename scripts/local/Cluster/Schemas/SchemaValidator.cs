using System.Text.Json;
using System.Text.Json.Nodes;

namespace Klever.Local.Cluster.Schemas;

/// <summary>Checks a custom resource against the structural schema of its definition as an API server does, and words what it
/// finds in the same way.</summary>
/// <remarks>Pruning and defaults are <see cref="SchemaPruner"/> and <see cref="SchemaDefaults"/>; an API server prunes first, then
/// sets defaults, then validates.</remarks>
public static class SchemaValidator
{
    /// <summary>Depth below which a value is refused, so that hostile nesting cannot exhaust the stack.</summary>
    public const int MaximumDepth = 128;

    /// <summary>Errors that are collected before the check gives up.</summary>
    private const int MaximumErrors = 100;

    /// <param name="former">The stored value on an update, for the rules that compare with it.</param>
    public static IReadOnlyList<FieldError> Validate(StructuralSchema schema, JsonNode? value, JsonNode? former = null)
    {
        var errors = new List<FieldError>();
        Visit(schema, value, former, field: "", errors, depth: 0);
        return errors;
    }

    internal static void Visit(
        StructuralSchema schema, JsonNode? value, JsonNode? former, string field, List<FieldError> errors, int depth)
    {
        if (depth > MaximumDepth || errors.Count > MaximumErrors)
        {
            errors.Add(FieldError.Invalid(field, "\"\"", $"nested more than {MaximumDepth} deep or too many errors"));
            return;
        }

        if (value is null && (schema.Nullable || schema is { Type: null, IsIntegerOrString: false }))
        {
            return;
        }

        if (!TypeCheck.Passes(schema, value, field, errors))
        {
            return;
        }

        ValueChecks.Check(schema, value!, field, errors);
        CombinatorChecks.Check(schema, value!, field, errors, depth);
        Descend(schema, value!, former, field, errors, depth);
        RuleChecks.Check(schema, value!, former, field, errors);
    }

    private static void Descend(
        StructuralSchema schema, JsonNode value, JsonNode? former, string field, List<FieldError> errors, int depth)
    {
        if (value is JsonObject members)
        {
            errors.AddRange(schema.Required.Where(r => !members.ContainsKey(r)).Select(r => FieldError.Required(Join(field, r))));
            foreach (var (name, member) in members)
            {
                if ((schema.Properties.GetValueOrDefault(name) ?? schema.AdditionalProperties) is { } next)
                {
                    var before = (former as JsonObject)?[name];
                    Visit(next, member, before, Join(field, name), errors, depth + 1);
                }
            }
        }
        else if (value is JsonArray items && schema.Items is not null)
        {
            for (var index = 0; index < items.Count; index++)
            {
                Visit(schema.Items, items[index], former: null, $"{field}[{index}]", errors, depth + 1);
            }
        }
    }

    internal static string Join(string field, string name) => field.Length == 0 ? name : $"{field}.{name}";

    internal static string Show(JsonNode? value) => value?.GetValueKind() switch
    {
        JsonValueKind.Object => "\"object\"",
        JsonValueKind.Array => "\"array\"",
        null => "\"null\"",
        _ => value!.ToJsonString(),
    };
}
