using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Klever.Functions.OpenApi;

/// <summary>Adds to the generated document what the code of the routes does not say: what they take and answer, by example; who may
/// ask; and how every error looks.</summary>
internal sealed class DocumentCompletion : IOpenApiDocumentTransformer
{
    private const string Account = "harbor";

    private static readonly (string Status, string Meaning)[] Errors =
    [
        ("400", "The request is malformed."),
        ("401", "No credential, or one that Harbor does not know."),
        ("403", "The account lacks the right that the message names."),
        ("default", "Any other problem: 404, 409, 413, 422, or 503 when something behind does not answer."),
    ];

    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        Introduce(document);
        var examples = RouteExamples.Load();
        var schemas = new ExampleSchemas(document);
        foreach (var (path, item) in document.Paths.ToList())
        {
            foreach (var (method, operation) in item.Operations ?? [])
            {
                Complete(operation, examples.GetValueOrDefault($"{method} {path.TrimEnd('/')}"), schemas);
            }

            document.Paths.Remove(path);
            document.Paths[path.TrimEnd('/')] = item;
        }

        return Task.CompletedTask;
    }

    private static void Introduce(OpenApiDocument document)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Klever.Functions",
            Version = "v1alpha1",
            Description = "Models in Harbor: extracted, converted, served, uploaded and downloaded. Send your Harbor user or robot account with"
                + " HTTP Basic authentication; what it may do in Harbor it may do here.",
        };
        document.Servers = [];
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
        document.Components.SecuritySchemes[Account] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "basic",
            Description = "A user or robot account of Harbor.",
        };
        document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Account, document)] = [] }];
    }

    private static void Complete(OpenApiOperation operation, RouteExample? example, ExampleSchemas schemas)
    {
        foreach (var parameter in (operation.Parameters ?? []).OfType<OpenApiParameter>())
        {
            parameter.Description ??= ParameterTexts.Of(parameter.Name);
            if (parameter.Schema is OpenApiSchema { Type: { } type } schema && type.HasFlag(JsonSchemaType.Integer))
            {
                // Numbers as the serializer reads them from bodies, also out of text; in a query everything is text.
                (schema.Type, schema.Pattern) = (JsonSchemaType.Integer, null);
            }
        }

        operation.Responses ??= [];
        if (example is not null)
        {
            operation.Description ??= example.Description;
            Apply(operation, example, schemas);
        }

        foreach (var (status, meaning) in Errors)
        {
            operation.Responses[status] = new OpenApiResponse { Description = meaning, Content = schemas.Problem() };
        }
    }

    private static void Apply(OpenApiOperation operation, RouteExample example, ExampleSchemas schemas)
    {
        if (example.Request is { Count: > 0 } request)
        {
            operation.RequestBody = new OpenApiRequestBody { Required = true, Content = schemas.Content(request) };
        }

        operation.Responses!.Clear();
        foreach (var (status, bodies) in example.Responses)
        {
            operation.Responses[status] = new OpenApiResponse
            {
                Description = Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(int.Parse(status)),
                Content = schemas.Content(bodies),
            };
        }
    }
}
