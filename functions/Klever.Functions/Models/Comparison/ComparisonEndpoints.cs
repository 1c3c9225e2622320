using System.Text.Json.Nodes;
using Klever.Functions.Access;
using Klever.Functions.Rest;
using Klever.Models;
using Klever.Oci;
using Klever.Oci.Ormb;

namespace Klever.Functions.Models.Comparison;

/// <summary>Models side by side: <c>/comparisons</c> as JSON, <c>/comparativedocument</c> as CSV. Klever Model Registry asks with GET
/// and a body, which many clients cannot send, so POST is taken as well.</summary>
internal static class ComparisonEndpoints
{
    private const string Root = "/api/v1alpha1";
    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Post];

    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup(Root).WithTags("Models");
        group.MapMethods("/comparisons", Methods, CompareAsync).WithSummary("Descriptions of several models");
        group.MapMethods("/comparativedocument", Methods, DocumentAsync).WithSummary("The same as CSV, a column for each model");
    }

    private static async Task<IResult> CompareAsync(
        int? start, int? limit, HttpRequest http, CallerRegistries callers, IAccess access, CancellationToken cancellationToken)
    {
        var (found, missing) = await FetchAsync(http, callers, access, cancellationToken);
        var page = Page.Of([.. found.Select(model => new JsonObject
        {
            ["metadata"] = model.OrmbFile.ToJsonObject(),
            ["path"] = model.Path,
        })], start, limit);
        if (missing.Count > 0)
        {
            page["missing"] = new JsonArray([.. missing.Select(path => JsonValue.Create(path))]);
        }

        return JsonAnswer.Of(page);
    }

    private static async Task<IResult> DocumentAsync(
        HttpRequest http, CallerRegistries callers, IAccess access, TimeProvider clock, CancellationToken cancellationToken)
    {
        var (found, _) = await FetchAsync(http, callers, access, cancellationToken);
        http.HttpContext.Response.Headers.ContentDisposition = $"attachment; filename=\"{clock.GetUtcNow().ToUnixTimeSeconds()}.csv\"";
        return TypedResults.Bytes(ComparisonDocument.Write(found), "application/octet-stream");
    }

    // Models that do not exist are left out, as upstream does; JSON has room to name them.
    private static async Task<(IReadOnlyList<ComparedModel> Found, IReadOnlyList<string> Missing)> FetchAsync(
        HttpRequest http, CallerRegistries callers, IAccess access, CancellationToken cancellationToken)
    {
        var caller = callers.Of(http);
        var found = new List<ComparedModel>();
        var missing = new List<string>();
        foreach (var model in await ComparisonRequest.ReadAsync(http, cancellationToken))
        {
            await access.RequireAsync(http, model.Repository, Right.Pull, cancellationToken);
            if (await FindAsync(caller.Registry, model, cancellationToken) is { } ormbFile)
            {
                found.Add(new ComparedModel(model.ToString(), ormbFile));
            }
            else
            {
                missing.Add(model.ToString());
            }
        }

        return (found, missing);
    }

    private static async Task<OrmbFile?> FindAsync(RegistryClient registry, ModelReference model, CancellationToken cancellationToken)
    {
        try
        {
            return (await ModelArtifacts.FetchAsync(registry.Repository(model.Repository), model.Tag!, cancellationToken)).OrmbFile;
        }
        catch (Exception exception) when (exception is RegistryException { IsNotFound: true } or NotAModelException)
        {
            return null;
        }
    }
}
