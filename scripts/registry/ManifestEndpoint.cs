using System.Text.Json;
using Klever.Models;
using Microsoft.AspNetCore.Http;

namespace Klever.Registry;

/// <summary>Gives manifests out and takes them in, when all that they name is there.</summary>
internal sealed class ManifestEndpoint(RegistryStore store, PushNotifications notifications, Func<bool> referrers)
{
    private const int MaximumBytes = 4 * 1024 * 1024;

    public async Task GetAsync(HttpContext context, RegistryRoute route)
    {
        if (store.Manifest(route.Name!, route.Reference) is not { } manifest)
        {
            await RegistryErrors.WriteAsync(context, 404, "MANIFEST_UNKNOWN", "manifest unknown");
            return;
        }

        if (!Accepts(context.Request, manifest.MediaType))
        {
            await RegistryErrors.WriteAsync(
                context, 404, "MANIFEST_UNKNOWN", "OCI manifest found, but accept header does not support OCI manifests");
            return;
        }

        var content = await File.ReadAllBytesAsync(store.BlobPath(manifest.Digest), context.RequestAborted);
        context.Response.ContentType = manifest.MediaType;
        context.Response.ContentLength = content.Length;
        context.Response.Headers["Docker-Content-Digest"] = manifest.Digest.ToString();
        context.Response.Headers.ETag = $"\"{manifest.Digest}\"";
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.Body.WriteAsync(content, context.RequestAborted);
        }
    }

    public async Task PutAsync(HttpContext context, RegistryRoute route)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var content = body.ToArray();
        var mediaType = context.Request.ContentType ?? "";
        var asked = Digest.TryParse(route.Reference, out var byDigest) ? byDigest : null;
        var digest = Digest.Of(content);
        var (code, message) = content.Length > MaximumBytes ? ("MANIFEST_INVALID", "manifest invalid: request body too large")
            : !mediaType.StartsWith("application/vnd.", StringComparison.Ordinal) ? ("MANIFEST_INVALID", "manifest invalid")
            : asked is not null && asked != digest ? ("DIGEST_INVALID", "provided digest did not match uploaded content")
            : Problem(route.Name!, content);
        if (code.Length > 0)
        {
            await RegistryErrors.WriteAsync(context, 400, code, message);
            return;
        }

        store.PutManifest(route.Name!, digest, mediaType, content);
        if (asked is null)
        {
            store.PutTag(route.Name!, route.Reference, digest);
        }

        context.Response.StatusCode = StatusCodes.Status201Created;
        context.Response.Headers.Location = $"/v2/{route.Name}/manifests/{digest}";
        context.Response.Headers["Docker-Content-Digest"] = digest.ToString();
        if (referrers() && SubjectOf(content) is { } subject)
        {
            context.Response.Headers["OCI-Subject"] = subject;
        }

        context.Response.ContentLength = 0;
        notifications.ManifestPushed(context, route.Name!, asked is null ? route.Reference : null, digest, mediaType, content);
    }

    public Task DeleteAsync(HttpContext context, RegistryRoute route)
    {
        if (!Digest.TryParse(route.Reference, out var digest))
        {
            return RegistryErrors.WriteAsync(context, 400, "UNSUPPORTED", "the operation is unsupported");
        }

        if (store.Manifest(route.Name!, route.Reference) is null)
        {
            return RegistryErrors.WriteAsync(context, 404, "MANIFEST_UNKNOWN", "manifest unknown");
        }

        store.DeleteManifest(route.Name!, digest);
        context.Response.StatusCode = StatusCodes.Status202Accepted;
        return Task.CompletedTask;
    }

    internal static string? SubjectOf(ReadOnlyMemory<byte> content)
    {
        using var document = JsonDocument.Parse(content);
        return document.RootElement.TryGetProperty("subject", out var subject) ? subject.GetProperty("digest").GetString() : null;
    }

    private static bool Accepts(HttpRequest request, string mediaType)
    {
        var accepted = request.Headers.Accept.ToString();
        return accepted.Length == 0
            ? !mediaType.Contains("oci", StringComparison.Ordinal)
            : accepted.Contains("*/*", StringComparison.Ordinal) || accepted.Contains(mediaType, StringComparison.Ordinal);
    }

    private (string Code, string Message) Problem(string name, byte[] content)
    {
        try
        {
            using var document = JsonDocument.Parse(content);
            var root = document.RootElement;
            var blobs = new List<JsonElement>();
            if (root.TryGetProperty("config", out var config))
            {
                blobs.Add(config);
            }

            if (root.TryGetProperty("layers", out var layers))
            {
                blobs.AddRange(layers.EnumerateArray());
            }

            var missing = blobs.Select(b => b.GetProperty("digest").GetString())
                .FirstOrDefault(d => !Digest.TryParse(d, out var digest) || !store.HasBlob(name, digest));
            return missing is null ? ("", "") : ("MANIFEST_BLOB_UNKNOWN", $"blob unknown to registry: {missing}");
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return ("MANIFEST_INVALID", "manifest invalid");
        }
    }
}
