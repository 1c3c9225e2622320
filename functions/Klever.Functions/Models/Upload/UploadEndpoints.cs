namespace Klever.Functions.Models.Upload;

/// <summary><c>…/versions/{version}/upload</c>: the form and chunks of Klever Model Registry, and plain archives for curl.</summary>
internal static class UploadEndpoints
{
    private const string Route = "/api/v1alpha1/projects/{project}/models/{model}/versions/{version}/upload";

    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup(Route).WithTags("Models");
        group.MapPost("/", UploadAsync).WithSummary("Upload a model as a form with the fields model and file, whole or in chunks by Content-Range");
        group.MapPut("/", UploadAsync).WithSummary("Upload a model as a zip, tar or gzip of a tar, whole or in chunks by Content-Range");
        group.MapGet("/", ProgressAsync).WithSummary("Which bytes of an upload in chunks have come");
        group.MapDelete("/", GiveUpAsync).WithSummary("Give an upload in chunks up");
    }

    private static Task<IResult> UploadAsync(string project, string model, string version, HttpContext context, UploadHandler handler) =>
        handler.UploadAsync(context, ModelName.Parse(project, model, version));

    private static Task<IResult> ProgressAsync(
        string project, string model, string version, HttpRequest request, UploadHandler handler, CancellationToken cancellationToken) =>
        handler.ProgressAsync(request, ModelName.Parse(project, model, version), cancellationToken);

    private static Task<IResult> GiveUpAsync(
        string project, string model, string version, HttpRequest request, UploadHandler handler, CancellationToken cancellationToken) =>
        handler.GiveUpAsync(request, ModelName.Parse(project, model, version), cancellationToken);
}
