using System.Text.Json.Nodes;

namespace Klever.Local.Cluster.Schemas;

/// <summary>Removes the fields that a structural schema does not know, as an API server does before it stores an object.</summary>
public static class SchemaPruner
{
    private static readonly string[] ObjectHead = ["apiVersion", "kind", "metadata"];

    /// <summary>Prunes in place.</summary>
    /// <returns>The paths of what was removed.</returns>
    public static IReadOnlyList<string> Prune(StructuralSchema schema, JsonObject item)
    {
        var removed = new List<string>();
        Visit(schema, item, field: "", isObject: true, removed, depth: 0);
        return removed;
    }

    private static void Visit(StructuralSchema schema, JsonNode? value, string field, bool isObject, List<string> removed, int depth)
    {
        if (depth > SchemaValidator.MaximumDepth)
        {
            return;
        }

        if (value is JsonObject members)
        {
            VisitMembers(schema, members, field, isObject || schema.IsEmbeddedResource, removed, depth);
        }
        else if (value is JsonArray items && schema.Items is not null)
        {
            for (var index = 0; index < items.Count; index++)
            {
                Visit(schema.Items, items[index], $"{field}[{index}]", isObject: false, removed, depth + 1);
            }
        }
    }

    private static void VisitMembers(
        StructuralSchema schema, JsonObject members, string field, bool isObject, List<string> removed, int depth)
    {
        foreach (var (name, member) in members.ToList())
        {
            var path = SchemaValidator.Join(field, name);
            if (isObject && ObjectHead.Contains(name))
            {
                continue;
            }

            if ((schema.Properties.GetValueOrDefault(name) ?? schema.AdditionalProperties) is { } next)
            {
                Visit(next, member, path, isObject: false, removed, depth + 1);
            }
            else if (!schema.PreservesUnknownFields && !schema.AllowsAnyKey)
            {
                removed.Add(path);
                members.Remove(name);
            }
        }
    }
}
