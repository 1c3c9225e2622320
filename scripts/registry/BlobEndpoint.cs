using Klever.Models;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Klever.Registry;

/// <summary>Gives blobs out, whole or from a position on.</summary>
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
        var start = fault is { IgnoreRange: true } ? 0 : Start(context.Request, length);
        if (start < 0)
        {
            response.Headers.ContentRange = $"bytes */{length}";
            await RegistryErrors.WriteAsync(context, 416, "RANGE_INVALID", "invalid content range");
            return;
        }

        if (start > 0)
        {
            start = fault is { WrongRange: true } ? start / 2 : start;
            response.StatusCode = StatusCodes.Status206PartialContent;
            response.Headers.ContentRange = $"bytes {start}-{length - 1}/{length}";
        }

        response.ContentLength = length - start;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await response.SendFileAsync(path, start, length - start, context.RequestAborted);
        }
    }

    private static long Start(HttpRequest request, long length)
    {
        if (!RangeHeaderValue.TryParse(request.Headers.Range.ToString(), out var range) || range.Ranges.Count != 1)
        {
            return 0;
        }

        var start = range.Ranges.First().From ?? 0;
        return start < length ? start : -1;
    }
}
