using System.Reflection;
using Klever.Functions.Hosting;

namespace Klever.Functions.OpenApi;

/// <summary>The description of the public face: <c>/openapi/v1.json</c>, and <c>/docs</c> to read it. It is made when it is asked
/// for, of the routes that this process has; a process without an API shows none.</summary>
internal static class Description
{
    public const string DocumentName = "v1";

    private static readonly Dictionary<string, string> Page = new()
    {
        ["index.html"] = "text/html; charset=utf-8",
        ["page.css"] = "text/css; charset=utf-8",
        ["page.js"] = "text/javascript; charset=utf-8",
    };

    public static void AddDescription(this WebApplicationBuilder builder, IReadOnlyList<IFunction> functions, KleverOptions options)
    {
        if (IsShown(functions, options))
        {
            builder.Services.AddOpenApi(DocumentName, openApi => openApi.AddDocumentTransformer<DocumentCompletion>());
        }
    }

    public static void MapDescription(this WebApplication app, IReadOnlyList<IFunction> functions, KleverOptions options)
    {
        if (!IsShown(functions, options))
        {
            return;
        }

        app.MapOpenApi();
        app.MapGet("/docs", (HttpResponse response) => PageFile("index.html", response)).ExcludeFromDescription();
        app.MapGet("/docs/{file}", PageFile).ExcludeFromDescription();
    }

    private static bool IsShown(IReadOnlyList<IFunction> functions, KleverOptions options) =>
        options.Face != Face.Events && functions.Any(function => function.HasApi);

    private static IResult PageFile(string file, HttpResponse response)
    {
        if (!Page.TryGetValue(file, out var type))
        {
            return Problems.Of(StatusCodes.Status404NotFound, $"The page is at /docs; it has no such part.");
        }

        // Nothing from elsewhere, and nothing that the document could bring along.
        response.Headers.ContentSecurityPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; frame-ancestors 'none'";
        response.Headers.XContentTypeOptions = "nosniff";
        return TypedResults.Stream(Assembly.GetExecutingAssembly().GetManifestResourceStream($"page/{file}")!, type);
    }
}
