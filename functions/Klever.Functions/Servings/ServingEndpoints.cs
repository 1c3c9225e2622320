using System.Text.Json.Nodes;
using Klever.Functions.Access;
using Klever.Functions.Rest;
using Klever.Kubernetes.Cluster;
using Klever.Kubernetes.Serving.Intents;
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
        group.MapGet("/{name}", GetAsync).WithSummary("One serving: what holds it up, and how to ask it");
        group.MapGet("/{name}/events", EventsAsync).WithSummary("What happened to a serving and its pods, the latest first");
        group.MapPut("/{name}", ReplaceAsync).WithSummary("Change a serving; If-Match names the resourceVersion that must still be there");
        group.MapDelete("/{name}", DeleteAsync).WithSummary("End a serving");
    }

    private static async Task<IResult> CreateAsync(
        string ns, HttpRequest http, Composition composition, ServingStore store, ServedModels models, CancellationToken cancellationToken)
    {
        var request = composition.Parse(await JsonBody.ReadAsync(http, cancellationToken), ns);
        await models.RequireAsync(http, request, cancellationToken);
        return JsonAnswer.Of(
            ServingIntent.View(await store.CreateAsync(request, cancellationToken)), StatusCodes.Status201Created);
    }

    private static async Task<IResult> ReplaceAsync(
        string ns, string name, HttpRequest http, Composition composition, ServingStore store, ServedModels models, CancellationToken cancellationToken)
    {
        var body = await JsonBody.ReadAsync(http, cancellationToken);
        return JsonAnswer.Of(ServingIntent.View(
            await store.ReplaceAsync(ns, name, ChangeAsync, Version(http, body), cancellationToken)));

        async Task<ServingRequest> ChangeAsync(JsonObject live)
        {
            await models.RequireAsync(http, live, Right.Push, cancellationToken);
            var request = composition.Parse(ServingIntent.Merge(body, live), ns, name);
            await models.RequireAsync(http, request, cancellationToken);
            return request;
        }
    }

    private static async Task<IResult> GetAsync(
        string ns, string name, HttpRequest http, ServingStore store, ServingStatus status, ServedModels models, CancellationToken cancellationToken)
    {
        var serving = await store.GetAsync(ns, name, cancellationToken);
        await models.RequireAsync(http, serving, Right.Pull, cancellationToken);
        return JsonAnswer.Of(await status.ShowAsync(serving, cancellationToken));
    }

    // page and page_size are what klever-web sends; page counts from 1.
    private static async Task<IResult> ListAsync(
        string ns,
        int? start,
        int? limit,
        int? page,
        [Microsoft.AspNetCore.Mvc.FromQuery(Name = "page_size")] int? pageSize,
        HttpRequest http,
        ServingStore store,
        ServedModels models,
        CancellationToken cancellationToken)
    {
        var servings = await store.ListAsync(ns, cancellationToken);
        var visible = await models.VisibleAsync(http, servings, cancellationToken);
        return JsonAnswer.Of(Page.Of(
            [.. visible.Select(ServingIntent.View)], start ?? Page.Start(page, pageSize), limit ?? pageSize));
    }

    private static async Task<IResult> EventsAsync(
        string ns,
        string name,
        int? start,
        int? limit,
        HttpRequest http,
        ServingStore store,
        ServingStatus status,
        ServedModels models,
        CancellationToken cancellationToken)
    {
        var serving = await store.GetAsync(ns, name, cancellationToken);
        await models.RequireAsync(http, serving, Right.Pull, cancellationToken);
        var events = await status.EventsAsync(serving, cancellationToken);
        return JsonAnswer.Of(Page.Of([.. events.Select(ClusterJson.ToJsonObject)], start, limit));
    }

    private static async Task<IResult> DeleteAsync(
        string ns, string name, HttpRequest http, ServingStore store, ServedModels models, CancellationToken cancellationToken)
    {
        var serving = await store.GetAsync(ns, name, cancellationToken);
        await models.RequireAsync(http, serving, Right.Push, cancellationToken);
        await store.DeleteAsync(ns, name, cancellationToken);
        return TypedResults.NoContent();
    }

    // A weak validator (W/"…") names the same version.
    private static string? Version(HttpRequest http, JsonObject body)
    {
        var match = http.Headers.IfMatch.ToString();
        var tag = (match.StartsWith("W/", StringComparison.Ordinal) ? match[2..] : match).Trim('"');
        return tag is { Length: > 0 } and not "*" ? tag
            : (body["metadata"] as JsonObject)?["resourceVersion"] is JsonValue value && value.TryGetValue(out string? version) ? version
            : null;
    }
}
