using System.Text.Json.Nodes;
using Klever.Functions.Rest;
using Klever.Models;

namespace Klever.Functions.Models.Catalog;

/// <summary>Projects, models and versions for people and pages: <c>/api/v1alpha1/projects/…</c>.</summary>
internal static class CatalogEndpoints
{
    private const string Projects = "/api/v1alpha1/projects";
    private const string Models = $"{Projects}/{{project}}/models";
    private const string Versions = $"{Models}/{{model}}/versions";

    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("").WithTags("Models");
        group.MapGet(Projects, ListProjectsAsync).WithSummary("The projects that the caller may see");
        group.MapGet(Models, ListModelsAsync).WithSummary("The models of a project; format=ONNX for those with a version of it");
        group.MapGet($"{Models}/{{model}}", GetModelAsync).WithSummary("One model");
        group.MapGet(Versions, ListVersionsAsync).WithSummary("The versions of a model, with signature and status of extraction");
        group.MapGet($"{Versions}/{{version}}", GetVersionAsync).WithSummary("One version, with its whole description");
        group.MapDelete($"{Versions}/{{version}}", DeleteVersionAsync).WithSummary("Delete a version; others of the same content stay");
    }

    private static async Task<IResult> ListProjectsAsync(
        int? start, int? limit, HttpRequest http, CatalogReader reader, CancellationToken cancellationToken)
    {
        var projects = await reader.ProjectsAsync(http, cancellationToken);
        return JsonAnswer.Of(Page.Of([.. projects.Select(name => new JsonObject { ["name"] = name })], start, limit));
    }

    private static async Task<IResult> ListModelsAsync(
        string project, string? format, int? start, int? limit, HttpRequest http, CatalogReader reader, CancellationToken cancellationToken) =>
        JsonAnswer.Of(Page.Of(await reader.ModelsAsync(http, project, Format(format), cancellationToken), start, limit));

    private static async Task<IResult> GetModelAsync(
        string project, string model, HttpRequest http, CatalogReader reader, CancellationToken cancellationToken)
    {
        var name = ModelName.Parse(project, model);
        var versions = await reader.VersionsAsync(http, name, cancellationToken);
        return versions.Count > 0
            ? JsonAnswer.Of(CatalogJson.Model(name.Repository, versions))
            : Problems.Of(StatusCodes.Status404NotFound, $"There is no model {name}.");
    }

    private static async Task<IResult> ListVersionsAsync(
        string project, string model, string? format, int? start, int? limit, HttpRequest http, CatalogReader reader, CancellationToken cancellationToken)
    {
        var asked = Format(format);
        var versions = await reader.VersionsAsync(http, ModelName.Parse(project, model), cancellationToken);
        var chosen = versions.Where(version => asked is null || version.Model.OrmbFile.Format == asked).ToList();
        return JsonAnswer.Of(await reader.PageAsync(chosen, start, limit, cancellationToken));
    }

    private static async Task<IResult> GetVersionAsync(
        string project, string model, string version, HttpRequest http, CatalogReader reader, CancellationToken cancellationToken)
    {
        var name = ModelName.Parse(project, model, version);
        return await reader.VersionAsync(http, name, cancellationToken) is { } document
            ? JsonAnswer.Of(document)
            : Problems.Of(StatusCodes.Status404NotFound, $"There is no model {name}.");
    }

    private static async Task<IResult> DeleteVersionAsync(
        string project, string model, string version, HttpRequest http, CatalogReader reader, CancellationToken cancellationToken)
    {
        await reader.DeleteAsync(http, ModelName.Parse(project, model, version), cancellationToken);
        return TypedResults.NoContent();
    }

    private static ModelFormat? Format(string? name) => string.IsNullOrEmpty(name) ? null
        : ModelFormat.TryParse(name, out var format) ? format
        : throw new BadHttpRequestException(
            $"format is \"{Excerpt.Of(name)}\"; known are {string.Join(", ", ModelFormat.All)}.");
}
