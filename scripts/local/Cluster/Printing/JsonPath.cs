using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Klever.Local.Cluster.Objects;

namespace Klever.Local.Cluster.Printing;

/// <summary>The part of JSONPath that printer columns use: members, indexes, and the filter <c>[?(@.name=="value")]</c>.</summary>
internal static partial class JsonPath
{
    /// <returns>The first match, or null.</returns>
    public static JsonNode? Find(JsonNode? node, string path)
    {
        foreach (Match step in Step().Matches(path))
        {
            node = step switch
            {
                _ when step.Groups["filter"].Success => node is JsonArray items
                    ? items.FirstOrDefault(i => i.Text(step.Groups["filter"].Value) == step.Groups["value"].Value)
                    : null,
                _ when step.Groups["index"].Success => node is JsonArray items
                    ? items.ElementAtOrDefault(int.Parse(step.Groups["index"].Value))
                    : null,
                _ => node.At(step.Groups["member"].Value.Replace("\\.", ".")),
            };
        }

        return node;
    }

    [GeneratedRegex("""\.(?<member>([^.\[\]\\]|\\.)+)|\[(?<index>\d{1,6})\]|\[\?\(@\.(?<filter>\w+)\s*==\s*['"](?<value>[^'"]*)['"]\)\]|\['(?<member>[^']+)'\]""")]
    private static partial Regex Step();
}
