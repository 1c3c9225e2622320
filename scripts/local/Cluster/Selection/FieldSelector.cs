using System.Text.Json.Nodes;
using Klever.Local.Cluster.Objects;

namespace Klever.Local.Cluster.Selection;

/// <summary>Field selectors: equality on the few fields of each kind that an API server indexes.</summary>
internal static class FieldSelector
{
    private static readonly string[] Everywhere = ["metadata.name", "metadata.namespace"];

    private static readonly IReadOnlyDictionary<string, string[]> Extra = new Dictionary<string, string[]>
    {
        ["pods"] = ["spec.nodeName", "spec.restartPolicy", "spec.schedulerName", "spec.serviceAccountName", "status.phase", "status.podIP"],
        ["jobs.batch"] = ["status.successful"],
        ["secrets"] = ["type"],
        ["namespaces"] = ["status.phase"],
        ["events"] =
        [
            "involvedObject.kind", "involvedObject.namespace", "involvedObject.name", "involvedObject.uid",
            "involvedObject.apiVersion", "involvedObject.resourceVersion", "involvedObject.fieldPath", "reason", "reportingComponent",
            "source", "type",
        ],
    };

    public static IReadOnlyList<Requirement> Parse(ResourceType type, string text) =>
        [.. text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(term => Term(type, term))];

    public static string Value(JsonObject item, string path)
    {
        var node = item.At(path.Split('.'));
        return node.Text() ?? node?.ToJsonString() ?? "";
    }

    private static Requirement Term(ResourceType type, string term)
    {
        var at = term.IndexOf('=');
        if (at <= 0)
        {
            throw ApiErrors.BadRequest($"invalid selector: '{term}'; can't understand '{term}'");
        }

        var isNegative = term[at - 1] == '!';
        var key = term[..(isNegative ? at - 1 : at)];
        var value = term[(at + 1)..].TrimStart('=');
        if (!Everywhere.Contains(key) && !Extra.GetValueOrDefault(type.Key, []).Contains(key))
        {
            throw ApiErrors.BadRequest($"field label not supported: {key}");
        }

        return new Requirement(key, isNegative ? "notin" : "in", [value]);
    }
}
