using System.Text.Json.Nodes;
using Klever.Local.Cluster.Schemas;
using Klever.Testing.Schemas;

namespace Klever.Kubernetes.Tests;

/// <summary>One version of a custom resource, and what the API server says about an object of it. A field that it would prune is a
/// problem too.</summary>
internal sealed class CrdSchema
{
    private readonly StructuralSchema _schema;

    private CrdSchema(JsonObject definition, StructuralSchema schema) => (Definition, _schema) = (definition, schema);

    /// <summary>The whole CustomResourceDefinition.</summary>
    public JsonObject Definition { get; }

    public static CrdSchema Load(string path, string version)
    {
        var definition = YamlJson.Read(File.ReadAllText(path)).Single(d => (string?)d["kind"] == "CustomResourceDefinition");
        var found = definition["spec"]!["versions"]!.AsArray().Single(v => (string?)v!["name"] == version)!;
        return new CrdSchema(definition, StructuralSchema.Parse(found["schema"]!["openAPIV3Schema"]!.AsObject()));
    }

    /// <summary>One line for each problem, with the path of the field; none when the object is valid.</summary>
    public IReadOnlyList<string> Problems(JsonObject item)
    {
        var kept = item.DeepClone().AsObject();
        var unknown = SchemaPruner.Prune(_schema, kept).Select(field => $"{field}: unknown field");
        return [.. unknown, .. SchemaValidator.Validate(_schema, kept).Select(error => error.ToString())];
    }
}
