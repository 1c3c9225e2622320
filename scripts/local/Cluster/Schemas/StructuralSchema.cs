using System.Text.Json.Nodes;
using Klever.Local.Cluster.Objects;

namespace Klever.Local.Cluster.Schemas;

/// <summary>The schema of a custom resource: the part of OpenAPI 3.0 that apiextensions/v1 allows, and its extensions.</summary>
/// <remarks>It is a view over the JSON of the definition; what it does not know (formats, external documentation) is ignored.</remarks>
public sealed class StructuralSchema
{
    private readonly JsonObject _json;
    private readonly Dictionary<string, StructuralSchema> _properties = [];

    private StructuralSchema(JsonObject json)
    {
        _json = json;
        foreach (var (name, value) in json.At("properties") as JsonObject ?? [])
        {
            if (value is JsonObject schema)
            {
                _properties[name] = new StructuralSchema(schema);
            }
        }

        Items = Nested("items");
        AdditionalProperties = Nested("additionalProperties");
        Not = Nested("not");
        AllOf = All("allOf");
        AnyOf = All("anyOf");
        OneOf = All("oneOf");
        Rules = [.. json.Objects("x-kubernetes-validations").Select(ValidationRule.Parse)];
        Required = [.. json.Texts("required")];
    }

    public JsonObject Json => _json;

    public string? Type => _json.Text("type");

    public bool Nullable => _json.Flag("nullable");

    public bool IsIntegerOrString => _json.Flag("x-kubernetes-int-or-string");

    public bool PreservesUnknownFields => _json.Flag("x-kubernetes-preserve-unknown-fields");

    /// <summary>Whether the value is a whole Kubernetes object, with apiVersion, kind and metadata of its own.</summary>
    public bool IsEmbeddedResource => _json.Flag("x-kubernetes-embedded-resource");

    /// <summary>Whether <c>additionalProperties</c> is given, as a schema or as true.</summary>
    public bool AllowsAnyKey => AdditionalProperties is not null || _json.Flag("additionalProperties");

    public JsonNode? Default => _json["default"];

    public IReadOnlyDictionary<string, StructuralSchema> Properties => _properties;

    public StructuralSchema? Items { get; }

    public StructuralSchema? AdditionalProperties { get; }

    public StructuralSchema? Not { get; }

    public IReadOnlyList<StructuralSchema> AllOf { get; }

    public IReadOnlyList<StructuralSchema> AnyOf { get; }

    public IReadOnlyList<StructuralSchema> OneOf { get; }

    public IReadOnlyList<string> Required { get; }

    /// <summary>The CEL rules of <c>x-kubernetes-validations</c>.</summary>
    public IReadOnlyList<ValidationRule> Rules { get; }

    /// <summary>Members that identify an element of a list of type map.</summary>
    public IReadOnlyList<string> ListMapKeys =>
        _json.Text("x-kubernetes-list-type") == "map" ? [.. _json.Texts("x-kubernetes-list-map-keys")] : [];

    public bool IsSet => _json.Text("x-kubernetes-list-type") == "set" || _json.Flag("uniqueItems");

    public static StructuralSchema Parse(JsonObject openApiV3Schema) => new(openApiV3Schema);

    private StructuralSchema? Nested(string name) => _json[name] is JsonObject schema ? new StructuralSchema(schema) : null;

    private List<StructuralSchema> All(string name) => [.. _json.Objects(name).Select(s => new StructuralSchema(s))];
}
