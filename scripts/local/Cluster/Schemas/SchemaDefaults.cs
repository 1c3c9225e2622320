using System.Text.Json.Nodes;

namespace Klever.Local.Cluster.Schemas;

/// <summary>Sets the defaults of a structural schema where a value is missing, or null where null is not allowed.</summary>
public static class SchemaDefaults
{
    public static void Apply(StructuralSchema schema, JsonNode? value) => Visit(schema, value, depth: 0);

    private static void Visit(StructuralSchema schema, JsonNode? value, int depth)
    {
        if (depth > SchemaValidator.MaximumDepth)
        {
            return;
        }

        if (value is JsonObject members)
        {
            foreach (var (name, property) in schema.Properties)
            {
                var isMissing = !members.TryGetPropertyValue(name, out var present) || (present is null && !property.Nullable);
                if (isMissing && property.Default is not null)
                {
                    members[name] = property.Default.DeepClone();
                }
            }

            foreach (var (name, member) in members)
            {
                if ((schema.Properties.GetValueOrDefault(name) ?? schema.AdditionalProperties) is { } next)
                {
                    Visit(next, member, depth + 1);
                }
            }
        }
        else if (value is JsonArray items && schema.Items is not null)
        {
            foreach (var item in items)
            {
                Visit(schema.Items, item, depth + 1);
            }
        }
    }
}
