using System.Text.Json.Nodes;
using Klever.Local.Cluster.Objects;

namespace Klever.Local.Cluster.Printing;

/// <summary>Objects as <c>kubectl get</c> shows them: columns and rows made by the server.</summary>
internal static class Table
{
    public static JsonObject Of(
        ResourceType type, IEnumerable<JsonObject> items, TableRequest request, string resourceVersion, DateTimeOffset now)
    {
        var columns = TableColumns.Of(type);
        return new JsonObject
        {
            ["kind"] = "Table",
            ["apiVersion"] = "meta.k8s.io/v1",
            ["metadata"] = new JsonObject { ["resourceVersion"] = resourceVersion },
            ["columnDefinitions"] = new JsonArray([.. columns.Select(Definition)]),
            ["rows"] = new JsonArray([.. items.Select(i => (JsonNode)Row(columns, i, request, now))]),
        };
    }

    private static JsonNode Definition(TableColumn column) => new JsonObject
    {
        ["name"] = column.Name,
        ["type"] = column.Name == "Name" ? "string" : column.Type,
        ["format"] = column.Name == "Name" ? "name" : "",
        ["description"] = column.Name,
        ["priority"] = column.Priority,
    };

    private static JsonObject Row(
        IReadOnlyList<TableColumn> columns, JsonObject item, TableRequest request, DateTimeOffset now)
    {
        var row = new JsonObject { ["cells"] = new JsonArray([.. columns.Select(c => c.Cell(item, now))]) };
        switch (request.IncludeObject)
        {
            case "Object":
                row["object"] = item.Clone();
                break;
            case "Metadata":
                row["object"] = new JsonObject
                {
                    ["kind"] = "PartialObjectMetadata",
                    ["apiVersion"] = "meta.k8s.io/v1",
                    ["metadata"] = item["metadata"]?.DeepClone(),
                };
                break;
        }

        return row;
    }
}
