using System.Security.Cryptography;
using Klever.Models;
using Microsoft.AspNetCore.Http;

namespace Klever.Registry;

/// <summary>Takes blobs in: a session, data by PATCH or by the closing PUT. Each answer changes <c>_state</c>, and an old one ends the
/// upload, as with distribution.</summary>
internal sealed class UploadEndpoint(RegistryStore store, InProcessRegistryOptions options)
{
    private const int BufferBytes = 128 * 1024;

    public async Task StartAsync(HttpContext context, RegistryRoute route)
    {
        var query = context.Request.Query;
        if (Digest.TryParse(query["mount"], out var digest) && query["from"].ToString() is { Length: > 0 } from
            && store.HasBlob(from, digest))
        {
            store.LinkBlob(route.Name!, digest);
            await CreatedAsync(context, route.Name!, digest);
            return;
        }

        var id = Guid.NewGuid().ToString("N");
        Directory.CreateDirectory(Path.GetDirectoryName(store.UploadPath(id))!);
        await File.Create(store.UploadPath(id)).DisposeAsync();
        Accepted(context, route with { Reference = id });
    }

    public async Task AppendAsync(HttpContext context, RegistryRoute route)
    {
        if (await IsOpenAsync(context, route))
        {
            await WriteAsync(context, store.UploadPath(route.Reference));
            Accepted(context, route);
        }
    }

    public async Task CompleteAsync(HttpContext context, RegistryRoute route)
    {
        if (!await IsOpenAsync(context, route))
        {
            return;
        }

        var path = store.UploadPath(route.Reference);
        await WriteAsync(context, path);
        if (!Digest.TryParse(context.Request.Query["digest"], out var digest) || await HashAsync(path, digest.Algorithm) != digest.Hex)
        {
            File.Delete(path);
            await RegistryErrors.WriteAsync(context, 400, "DIGEST_INVALID", "provided digest did not match uploaded content");
            return;
        }

        store.Keep(route.Reference, route.Name!, digest);
        await CreatedAsync(context, route.Name!, digest);
    }

    public async Task CancelAsync(HttpContext context, RegistryRoute route)
    {
        if (await IsOpenAsync(context, route))
        {
            File.Delete(store.UploadPath(route.Reference));
            context.Response.StatusCode = StatusCodes.Status204NoContent;
        }
    }

    private static async Task WriteAsync(HttpContext context, string path)
    {
        await using var file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.None, BufferBytes);
        await context.Request.Body.CopyToAsync(file, BufferBytes, context.RequestAborted);
    }

    private static async Task<string> HashAsync(string path, string algorithm)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, BufferBytes);
        return Convert.ToHexStringLower(algorithm == "sha512" ? await SHA512.HashDataAsync(file) : await SHA256.HashDataAsync(file));
    }

    private async Task<bool> IsOpenAsync(HttpContext context, RegistryRoute route)
    {
        var path = store.UploadPath(route.Reference);
        if (!File.Exists(path))
        {
            await RegistryErrors.WriteAsync(context, 404, "BLOB_UPLOAD_UNKNOWN", "blob upload unknown to registry");
            return false;
        }

        if (context.Request.Query["_state"] != State(route))
        {
            File.Delete(path);
            await RegistryErrors.WriteAsync(context, 404, "BLOB_UPLOAD_INVALID", "blob upload invalid");
            return false;
        }

        return true;
    }

    private string State(RegistryRoute route) => $"{route.Reference}-{new FileInfo(store.UploadPath(route.Reference)).Length}=";

    private void Accepted(HttpContext context, RegistryRoute route)
    {
        var length = new FileInfo(store.UploadPath(route.Reference)).Length;
        var response = context.Response;
        response.StatusCode = StatusCodes.Status202Accepted;
        response.Headers.Location =
            Root(context) + $"/v2/{route.Name}/blobs/uploads/{route.Reference}?_state={Uri.EscapeDataString(State(route))}";
        response.Headers.Range = $"0-{Math.Max(0, length - 1)}";
        response.Headers["Docker-Upload-UUID"] = route.Reference;
        response.ContentLength = 0;
    }

    private Task CreatedAsync(HttpContext context, string name, Digest digest)
    {
        context.Response.StatusCode = StatusCodes.Status201Created;
        context.Response.Headers.Location = $"{Root(context)}/v2/{name}/blobs/{digest}";
        context.Response.Headers["Docker-Content-Digest"] = digest.ToString();
        context.Response.ContentLength = 0;
        return Task.CompletedTask;
    }

    private string Root(HttpContext context) =>
        options.RelativeLocations ? "" : $"{context.Request.Scheme}://{context.Request.Host}";
}
