using Klever.Functions.Access;
using Klever.Models;
using Klever.Oci.Ormb;

namespace Klever.Functions.Models.Download;

/// <summary><c>…/versions/{version}/download</c>: a zip that is written while the model is pulled. Klever Model Registry asks for it
/// with POST and a body that says nothing new; the body is not read.</summary>
internal static class DownloadEndpoints
{
    private const string Route = "/api/v1alpha1/projects/{project}/models/{model}/versions/{version}/download";
    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head, HttpMethods.Post];

    public static void Map(IEndpointRouteBuilder routes) => routes.MapMethods(Route, Methods, DownloadAsync).WithTags("Models")
        .WithSummary("Download a model as a zip of model/ and ormbfile.yaml");

    private static async Task<IResult> DownloadAsync(
        string project, string model, string version, HttpContext context, CallerRegistries callers, IAccess access, CancellationToken cancellationToken)
    {
        var name = ModelName.Parse(project, model, version);
        var caller = callers.Of(context.Request);
        await access.RequireAsync(context.Request, name.Repository, Right.Pull, cancellationToken);
        var repository = caller.Registry.Repository(name.Repository);
        var artifact = await ModelArtifacts.FetchAsync(repository, version, cancellationToken);
        var tag = $"\"{artifact.Digest}\"";
        context.Response.Headers.ETag = tag;
        if (context.Request.Headers.IfNoneMatch == tag)
        {
            return TypedResults.StatusCode(StatusCodes.Status304NotModified);
        }

        context.Response.ContentType = "application/octet-stream";
        context.Response.Headers.ContentDisposition = $"attachment; filename=\"{version}.zip\"";
        return HttpMethods.IsHead(context.Request.Method)
            ? TypedResults.Empty
            : new ModelZip(artifact, await repository.FetchBlobAsync(artifact.Layer, cancellationToken));
    }
}
