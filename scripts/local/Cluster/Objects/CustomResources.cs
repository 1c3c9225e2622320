using System.Text.Json.Nodes;
using Klever.Local.Cluster.Schemas;

namespace Klever.Local.Cluster.Objects;

/// <summary>Turns a CustomResourceDefinition (apiextensions/v1) into the types that the server serves for it.</summary>
internal static class CustomResources
{
    public static IReadOnlyList<ResourceType> Types(JsonObject definition)
    {
        var spec = definition.At("spec");
        var names = spec.At("names");
        return
        [
            .. spec.Objects("versions")
                .Where(v => v.Flag("served"))
                .OrderByDescending(v => v.Flag("storage"))
                .Select(v => new ResourceType
                {
                    Group = spec.Text("group") ?? "",
                    Version = v.Text("name") ?? "",
                    Kind = names.Text("kind") ?? "",
                    Plural = names.Text("plural") ?? "",
                    Namespaced = spec.Text("scope") != "Cluster",
                    HasStatus = v.At("subresources", "status") is not null,
                    ShortNames = [.. names.Texts("shortNames")],
                    Categories = [.. names.Texts("categories")],
                    Columns = [.. v.Objects("additionalPrinterColumns").Select(Column)],
                    Schema = StructuralSchema.Parse(v.At("schema", "openAPIV3Schema") as JsonObject ?? []),
                    IsCustom = true,
                }),
        ];
    }

    /// <summary>The status that an API server gives a definition once its kind is served.</summary>
    public static JsonObject Established(JsonObject definition, DateTimeOffset now) => new()
    {
        ["acceptedNames"] = definition.At("spec", "names")?.DeepClone(),
        ["storedVersions"] = definition.Objects("spec", "versions").Where(v => v.Flag("storage")).Select(v => v.Text("name")!).ToJsonArray(),
        ["conditions"] = new JsonArray(
            Condition("NamesAccepted", "NoConflicts", "no conflicts found", now),
            Condition("Established", "InitialNamesAccepted", "the initial names have been accepted", now)),
    };

    private static JsonObject Condition(string type, string reason, string message, DateTimeOffset now) => new()
    {
        ["type"] = type,
        ["status"] = "True",
        ["lastTransitionTime"] = Timestamp.Seconds(now),
        ["reason"] = reason,
        ["message"] = message,
    };

    private static PrinterColumn Column(JsonObject column) => new(
        column.Text("name") ?? "",
        column.Text("type") ?? "string",
        column.Text("jsonPath") ?? "",
        (int)(column.Number("priority") ?? 0));
}
