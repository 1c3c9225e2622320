using System.Text.Json.Nodes;
using Klever.Local.Cluster.Objects;

namespace Klever.Local.Cluster.Printing;

/// <summary>Which columns a kind has: those of its definition, those of kubectl for the built-in kinds, else name and age.</summary>
internal static class TableColumns
{
    private static readonly TableColumn Name = Column("Name", (item, _) => item.Name());

    private static readonly TableColumn Age = Column("Age", (item, now) => Duration.Since(item.Time("metadata", "creationTimestamp"), now));

    private static readonly IReadOnlyDictionary<string, TableColumn[]> BuiltIn = new Dictionary<string, TableColumn[]>
    {
        ["pods"] =
        [
            Name,
            Column("Ready", (item, _) => PodCells.Ready(item)),
            Column("Status", (item, _) => PodCells.Status(item)),
            Column("Restarts", (item, _) => PodCells.Restarts(item)),
            Age,
        ],
        ["jobs.batch"] =
        [
            Name,
            Column("Status", (item, _) => JobCells.Status(item)),
            Column("Completions", (item, _) => $"{item.Number("status", "succeeded") ?? 0}/{item.Number("spec", "completions") ?? 1}"),
            Column("Duration", (item, now) => JobCells.Duration(item, now)),
            Age,
        ],
        ["events"] =
        [
            Column("Last Seen", (item, now) => Duration.Since(item.Time("lastTimestamp"), now)),
            Column("Type", (item, _) => item.Text("type") ?? ""),
            Column("Reason", (item, _) => item.Text("reason") ?? ""),
            Column("Object", (item, _) => $"{item.Text("involvedObject", "kind")?.ToLowerInvariant()}/{item.Text("involvedObject", "name")}"),
            Column("Message", (item, _) => item.Text("message") ?? ""),
        ],
        ["namespaces"] = [Name, Column("Status", (item, _) => item.Text("status", "phase") ?? ""), Age],
        ["secrets"] =
        [
            Name,
            Column("Type", (item, _) => item.Text("type") ?? ""),
            Column("Data", (item, _) => (item.At("data") as JsonObject)?.Count.ToString() ?? "0"),
            Age,
        ],
        ["configmaps"] = [Name, Column("Data", (item, _) => (item.At("data") as JsonObject)?.Count.ToString() ?? "0"), Age],
        ["customresourcedefinitions.apiextensions.k8s.io"] =
            [Name, Column("Created At", (item, _) => item.Text("metadata", "creationTimestamp") ?? "")],
    };

    public static IReadOnlyList<TableColumn> Of(ResourceType type)
    {
        if (type.Columns.Count > 0)
        {
            return [Name, .. type.Columns.Select(Declared)];
        }

        return BuiltIn.GetValueOrDefault(type.Key, [Name, Age]);
    }

    private static TableColumn Declared(PrinterColumn column) =>
        new(column.Name, column.Type, column.Priority, (item, now) => Cell(column, item, now));

    private static JsonNode? Cell(PrinterColumn column, JsonObject item, DateTimeOffset now)
    {
        var found = JsonPath.Find(item, column.JsonPath);
        return column.Type switch
        {
            "date" => found.Time() is { } time ? Duration.Since(time, now) : null,
            "string" => found.Text() ?? found?.ToJsonString(),
            _ => found?.DeepClone(),
        };
    }

    private static TableColumn Column(string name, Func<JsonObject, DateTimeOffset, string> cell) =>
        new(name, "string", 0, (item, now) => cell(item, now));
}
