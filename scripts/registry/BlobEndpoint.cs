using Klever.Models;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Klever.Registry;

/// <summary>Gives blobs out, whole or a range of them.</summary>
internal sealed class BlobEndpoint(RegistryStore store)
{
    public async Task GetAsync(HttpContext context, RegistryRoute route, RegistryFault? fault)
    {
        if (!Digest.TryParse(route.Reference, out var digest) || !store.HasBlob(route.Name!, digest))
        {
            await RegistryErrors.WriteAsync(context, 404, "BLOB_UNKNOWN", "blob unknown to registry");
            return;
        }

        var path = store.BlobPath(digest);
        var length = new FileInfo(path).Length;
        var response = context.Response;
        response.ContentType = "application/octet-stream";
        response.Headers["Docker-Content-Digest"] = digest.ToString();
        response.Headers.AcceptRanges = "bytes";
        var (start, end) = fault is { IgnoreRange: true } ? (0, length) : Range(context.Request, length);
        if (start < 0)
        {
            response.Headers.ContentRange = $"bytes */{length}";
            await RegistryErrors.WriteAsync(context, 416, "RANGE_INVALID", "invalid content range");
            return;
        }

        if (end - start < length)
        {
            start = fault is { WrongRange: true } ? start / 2 : start;
            response.StatusCode = StatusCodes.Status206PartialContent;
            response.Headers.ContentRange = $"bytes {start}-{end - 1}/{length}";
        }

        response.ContentLength = end - start;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await response.SendFileAsync(path, start, end - start, context.RequestAborted);
        }
    }

    /// <summary>Takes a blob out of one repository; others keep theirs.</summary>
    public async Task DeleteAsync(HttpContext context, RegistryRoute route)
    {
        if (!Digest.TryParse(route.Reference, out var digest) || !store.HasBlob(route.Name!, digest))
        {
            await RegistryErrors.WriteAsync(context, 404, "BLOB_UNKNOWN", "blob unknown to registry");
            return;
        }

        store.UnlinkBlob(route.Name!, digest);
        context.Response.StatusCode = StatusCodes.Status202Accepted;
    }

    private static (long Start, long End) Range(HttpRequest request, long length)
    {
        if (!RangeHeaderValue.TryParse(request.Headers.Range.ToString(), out var range) || range.Ranges.Count != 1)
        {
            return (0, length);
        }

        var (first, last) = (range.Ranges.First().From ?? 0, range.Ranges.First().To ?? (length - 1));
        return first < length ? (first, Math.Min(last + 1, length)) : (-1, -1);
    }
}
