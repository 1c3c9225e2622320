using Microsoft.AspNetCore.Http;

namespace Klever.Registry;

/// <summary>Which endpoint answers which route and method.</summary>
internal sealed class RegistryEndpoints(
    RegistryStore store, InProcessRegistryOptions options, PushNotifications notifications, Func<bool> referrers)
{
    private readonly ManifestEndpoint _manifests = new(store, notifications, referrers);
    private readonly UploadEndpoint _uploads = new(store, options);
    private readonly BlobEndpoint _blobs = new(store);
    private readonly ListEndpoint _lists = new(store, options);

    public Task AnswerAsync(HttpContext context, RegistryRoute route, RegistryFault? fault) =>
        (route.Kind, context.Request.Method) switch
        {
            (RouteKind.Base, "GET") => context.Response.WriteAsync("{}"),
            (RouteKind.Catalog, "GET") => _lists.CatalogAsync(context),
            (RouteKind.Tags, "GET") => _lists.TagsAsync(context, route),
            (RouteKind.Referrers, "GET") when referrers() => _lists.ReferrersAsync(context, route),
            (RouteKind.Manifest, "GET" or "HEAD") => _manifests.GetAsync(context, route),
            (RouteKind.Manifest, "PUT") => _manifests.PutAsync(context, route),
            (RouteKind.Manifest, "DELETE") => _manifests.DeleteAsync(context, route),
            (RouteKind.Blob, "GET" or "HEAD") => _blobs.GetAsync(context, route, fault),
            (RouteKind.Blob, "DELETE") => _blobs.DeleteAsync(context, route),
            (RouteKind.Uploads, "POST") => _uploads.StartAsync(context, route),
            (RouteKind.Upload, "PATCH") => _uploads.AppendAsync(context, route),
            (RouteKind.Upload, "PUT") => _uploads.CompleteAsync(context, route),
            (RouteKind.Upload, "DELETE") => _uploads.CancelAsync(context, route),
            (RouteKind.Unknown or RouteKind.Referrers, _) => NotThereAsync(context),
            _ => RegistryErrors.WriteAsync(context, 405, "UNSUPPORTED", "The operation is unsupported."),
        };

    // In plain text, as docker-registry says it of paths that it does not know.
    private static Task NotThereAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync("404 page not found\n");
    }
}
