using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace Klever.Functions.OpenApi;

/// <summary>Schemas of bodies, read off their examples: the field names and types that an example shows.</summary>
internal sealed class ExampleSchemas(OpenApiDocument document)
{
    private const string ProblemName = "Problem";

    private static readonly JsonNode ProblemExample = JsonNode.Parse("""
        {"type":"https://tools.ietf.org/html/rfc4918#section-11.2","title":"Unprocessable Entity","status":422,
         "detail":"spec.model: nlp/bert:v1 is not in the registry; push it, or correct the reference.",
         "message":"spec.model: nlp/bert:v1 is not in the registry; push it, or correct the reference.",
         "errors":{"spec.model":"nlp/bert:v1 is not in the registry; push it, or correct the reference."}}
        """)!;

    public Dictionary<string, OpenApiMediaType> Content(IReadOnlyList<ExampleBody> bodies) => bodies.ToDictionary(
        body => body.ContentType,
        body => new OpenApiMediaType { Schema = SchemaOf(body), Example = body.Value?.DeepClone() });

    public Dictionary<string, OpenApiMediaType> Problem() =>
        Content([new ExampleBody("application/problem+json", ProblemName, ProblemExample)]);

    private IOpenApiSchema SchemaOf(ExampleBody body)
    {
        if (body.Schema is not { } name)
        {
            return body.Value is null ? new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" } : Infer(body.Value);
        }

        document.Components ??= new OpenApiComponents();
        document.Components.Schemas ??= new Dictionary<string, IOpenApiSchema>();
        if (body.Value is not null)
        {
            document.Components.Schemas[name] = document.Components.Schemas.TryGetValue(name, out var known) && known is OpenApiSchema schema
                ? Merge(schema, Infer(body.Value))
                : Infer(body.Value);
        }

        return new OpenApiSchemaReference(name, document);
    }

    private static OpenApiSchema Infer(JsonNode? value) => value switch
    {
        JsonObject members => new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Properties = members.ToDictionary(member => member.Key, member => (IOpenApiSchema)Infer(member.Value)),
        },
        JsonArray items => new OpenApiSchema
        {
            Type = JsonSchemaType.Array,
            Items = items.Select(Infer).Aggregate(new OpenApiSchema(), Merge),
        },
        JsonValue scalar => OfScalar(scalar),
        _ => new OpenApiSchema(),
    };

    private static OpenApiSchema OfScalar(JsonValue value) => value.GetValueKind() switch
    {
        JsonValueKind.True or JsonValueKind.False => new OpenApiSchema { Type = JsonSchemaType.Boolean },
        JsonValueKind.Number when value.TryGetValue(out long _) => new OpenApiSchema { Type = JsonSchemaType.Integer },
        JsonValueKind.Number => new OpenApiSchema { Type = JsonSchemaType.Number },
        _ => new OpenApiSchema { Type = JsonSchemaType.String, Format = IsTime(value) ? "date-time" : null },
    };

    private static bool IsTime(JsonValue value) => value.TryGetValue(out string? text) && text.Length >= 20
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out _);

    // Two examples of one thing: the fields of both.
    private static OpenApiSchema Merge(OpenApiSchema first, OpenApiSchema second)
    {
        if (first.Properties is null || second.Properties is null)
        {
            return first.Type is null ? second : first;
        }

        foreach (var (name, schema) in second.Properties)
        {
            first.Properties[name] = first.Properties.TryGetValue(name, out var known) && known is OpenApiSchema one && schema is OpenApiSchema other
                ? Merge(one, other)
                : schema;
        }

        return first;
    }
}
