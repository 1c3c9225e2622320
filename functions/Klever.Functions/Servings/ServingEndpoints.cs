using System.Text.Json.Nodes;
using Klever.Functions.Access;
using Klever.Functions.Rest;
using Klever.Kubernetes.Serving.Requests;

namespace Klever.Functions.Servings;

/// <summary><c>/api/v1alpha1/namespaces/{ns}/servings</c>: the routes of Klever Model Registry, which answer with the object.</summary>
internal static class ServingEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1alpha1/namespaces/{ns}/servings").WithTags("Servings");
        group.MapPost("/", CreateAsync).WithSummary("Serve a model: a SeldonDeployment, or {name, model, replicas, resources, …}");
        group.MapGet("/", ListAsync).WithSummary("The servings of a namespace whose models the caller may pull");
        group.MapGet("/{name}", GetAsync).WithSummary("One serving");
        group.MapPut("/{name}", ReplaceAsync).WithSummary("Change a serving; If-Match names the resourceVersion that must still be there");
        group.MapDelete("/{name}", DeleteAsync).WithSummary("End a serving");
    }

    private static async Task<IResult> CreateAsync(
        string ns, HttpRequest http, Composition composition, ServingStore store, IAccess access, CancellationToken cancellationToken)
    {
        var request = composition.Parse(await JsonBody.ReadAsync(http, cancellationToken), ns);
        await RequireAsync(access, http, request, cancellationToken);
        return JsonAnswer.Of(await store.CreateAsync(request, cancellationToken), StatusCodes.Status201Created);
    }

    private static async Task<IResult> ReplaceAsync(
        string ns, string name, HttpRequest http, Composition composition, ServingStore store, IAccess access, CancellationToken cancellationToken)
    {
        var body = await JsonBody.ReadAsync(http, cancellationToken);
        var request = composition.Parse(body, ns, name);
        await ServedModels.RequireAsync(access, http, await store.GetAsync(ns, name, cancellationToken), Right.Push, cancellationToken);
        await RequireAsync(access, http, request, cancellationToken);
        return JsonAnswer.Of(await store.ReplaceAsync(request, Version(http, body), cancellationToken));
    }

    private static async Task<IResult> GetAsync(
        string ns, string name, HttpRequest http, ServingStore store, IAccess access, CancellationToken cancellationToken)
    {
        var serving = await store.GetAsync(ns, name, cancellationToken);
        await ServedModels.RequireAsync(access, http, serving, Right.Pull, cancellationToken);
        return JsonAnswer.Of(serving);
    }

    private static async Task<IResult> ListAsync(
        string ns, int? start, int? limit, HttpRequest http, ServingStore store, IAccess access, CancellationToken cancellationToken)
    {
        var servings = await store.ListAsync(ns, cancellationToken);
        return JsonAnswer.Of(Page.Of(
            await ServedModels.VisibleAsync(access, http, servings, cancellationToken), start, limit));
    }

    private static async Task<IResult> DeleteAsync(
        string ns, string name, HttpRequest http, ServingStore store, IAccess access, CancellationToken cancellationToken)
    {
        var serving = await store.GetAsync(ns, name, cancellationToken);
        await ServedModels.RequireAsync(access, http, serving, Right.Push, cancellationToken);
        await store.DeleteAsync(ns, name, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task RequireAsync(
        IAccess access, HttpRequest http, ServingRequest request, CancellationToken cancellationToken)
    {
        foreach (var repository in request.Predictors.Select(predictor => predictor.Model.Repository).Distinct())
        {
            await access.RequireAsync(http, repository, Right.Push, cancellationToken);
        }
    }

    private static string? Version(HttpRequest http, JsonObject body) =>
        http.Headers.IfMatch.ToString().Trim('"') is { Length: > 0 } match && match != "*"
            ? match
            : body["metadata"]?["resourceVersion"]?.GetValue<string>();
}
