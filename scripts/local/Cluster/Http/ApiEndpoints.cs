using System.Text.Json.Nodes;
using Klever.Local.Cluster.Access;
using Klever.Local.Cluster.Objects;
using Klever.Local.Jobs;

namespace Klever.Local.Cluster.Http;

/// <summary>Maps the paths of the Kubernetes API to its verbs.</summary>
internal sealed class ApiEndpoints(
    ApiObjects objects, AuditLog audit, AccessRules access, ContainerLogs logs, CancellationToken stopping)
{
    private readonly Discovery _discovery = new(objects.Types);
    private readonly OpenApi _openApi = new(objects.Types);
    private readonly ReadVerbs _reads = new(objects);
    private readonly WatchVerb _watch = new(objects);
    private readonly WriteVerbs _writes = new(objects);
    private readonly PatchVerb _patch = new(objects);
    private readonly DeleteVerbs _deletes = new(objects);
    private readonly PodLogVerb _podLog = new(objects, logs);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/version", c => ApiAnswer.WriteAsync(c, 200, Discovery.Version()));
        foreach (var probe in (string[])["/healthz", "/livez", "/readyz"])
        {
            routes.MapGet(probe, () => "ok");
        }

        routes.MapGet("/openapi/v3", c => ApiAnswer.WriteAsync(c, 200, _openApi.Index()));
        routes.MapGet("/openapi/v3/api/{version}", (HttpContext c, string version) => DocumentAsync(c, "", version));
        routes.MapGet("/openapi/v3/apis/{group}/{version}", (HttpContext c, string group, string version) => DocumentAsync(c, group, version));
        routes.Map("/api/{**path}", (HttpContext c, string? path) => HandleAsync(c, isCore: true, path));
        routes.Map("/apis/{**path}", (HttpContext c, string? path) => HandleAsync(c, isCore: false, path));
        routes.MapGet("/local/audit", AuditAsync);
    }

    private Task DocumentAsync(HttpContext context, string group, string version) =>
        ApiAnswer.WriteAsync(context, 200, _openApi.Document(group, version));

    private Task AuditAsync(HttpContext context)
    {
        var entries = audit.Read(context.Request.Query["user"]).Select(e => (JsonNode)AuditLog.ToJson(e));
        return ApiAnswer.WriteAsync(context, 200, new JsonArray([.. entries]));
    }

    private async Task HandleAsync(HttpContext context, bool isCore, string? path)
    {
        ApiRequest? request = null;
        context.Response.OnStarting(() =>
        {
            Record(context, request);
            return Task.CompletedTask;
        });
        try
        {
            CheckAccept(context.Request);
            var segments = (path ?? "").Split('/', StringSplitOptions.RemoveEmptyEntries);
            if (FindDiscovery(isCore, segments) is { } document)
            {
                await ApiAnswer.WriteAsync(context, 200, document);
                return;
            }

            request = isCore
                ? ApiRequest.Parse(context.Request, objects.Types, "", segments[0], segments[1..])
                : ApiRequest.Parse(context.Request, objects.Types, segments[0], segments[1], segments[2..]);
            access.Require(CallerIdentity.Of(context.Request), request);
            await DispatchAsync(context, request);
        }
        catch (ApiException exception) when (!context.Response.HasStarted)
        {
            await ApiAnswer.WriteAsync(context, exception.Code, exception.ToStatus());
        }
    }

    private JsonObject? FindDiscovery(bool isCore, string[] segments) => (isCore, segments) switch
    {
        (true, []) => Discovery.CoreVersions(),
        (true, [var version]) => _discovery.Resources("", version),
        (false, []) => _discovery.Groups(),
        (false, [var group]) => _discovery.Group(group),
        (false, [var group, var version]) => _discovery.Resources(group, version),
        _ => null,
    };

    private Task DispatchAsync(HttpContext context, ApiRequest request) => (request.Verb, request.Subresource) switch
    {
        ("get", "log") => _podLog.GetAsync(context, request),
        ("get", _) => _reads.GetAsync(context, request),
        ("list", _) => _reads.ListAsync(context, request),
        ("watch", _) => _watch.WatchAsync(context, request, stopping),
        ("create", _) => _writes.CreateAsync(context, request),
        ("update", _) => _writes.UpdateAsync(context, request),
        ("patch", _) => _patch.PatchAsync(context, request),
        ("delete", _) => _deletes.DeleteAsync(context, request),
        _ => _deletes.DeleteCollectionAsync(context, request),
    };

    private static void CheckAccept(HttpRequest request)
    {
        var accept = request.Headers.Accept.ToString();
        var isServable = accept.Length == 0 || accept.Contains("json", StringComparison.Ordinal) || accept.Contains("*/*", StringComparison.Ordinal);
        if (!isServable)
        {
            throw ApiErrors.NotAcceptable();
        }
    }

    private void Record(HttpContext context, ApiRequest? request)
    {
        if (request is not null)
        {
            audit.Add(new AuditEntry(
                objects.Clock.GetUtcNow(),
                CallerIdentity.Of(context.Request),
                request.Verb,
                request.Type.Group,
                AccessRules.Resource(request),
                request.Namespace,
                request.Name,
                context.Response.StatusCode));
        }
    }
}
