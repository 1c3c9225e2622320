using System.Text.Json.Nodes;

namespace Klever.Testing.Schemas;

/// <summary>The schema of one version of a custom resource, and what it says about an object (apiextensions v1,
/// "structural
/// schema"). CEL rules are not evaluated; a field that the API server would prune is a problem.</summary>
public sealed class CrdSchema
{
    private readonly JsonObject _root;

    private CrdSchema(JsonObject definition, JsonObject root)
    {
        Definition = definition;
        _root = root;
    }

    /// <summary>The whole CustomResourceDefinition.</summary>
    public JsonObject Definition { get; }

    public static CrdSchema Load(string path, string version)
    {
        var definition = YamlJson.Read(File.ReadAllText(path)).Single(
            d => (string?)d["kind"] == "CustomResourceDefinition");
        var found = definition["spec"]!["versions"]!.AsArray().Single(v => (string?)v!["name"] == version)!;
        return new CrdSchema(definition, found["schema"]!["openAPIV3Schema"]!.AsObject());
    }

    /// <summary>One line for each problem, with the path of the field; none when the object is valid.</summary>
    public IReadOnlyList<string> Problems(JsonNode? value) => StructuralCheck.Run(_root, value);
}
