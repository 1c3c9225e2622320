using System.Net;
using System.Net.Http.Headers;
using Klever.Oci.Transport;

namespace Klever.Oci;

/// <summary>Opens a blob at a position, by Range where the registry takes it and by reading over the beginning where not.</summary>
internal sealed class BlobSource(RegistryTransport transport, RegistryRequest request, Descriptor descriptor)
{
    private bool _ranges = true;

    public Descriptor Descriptor => descriptor;

    public TimeSpan ActivityTimeout => transport.Options.ActivityTimeout;

    public async Task<BlobPart> OpenAsync(long position, CancellationToken cancellationToken)
    {
        var response = await SendAsync(position, cancellationToken);
        if (response.StatusCode == HttpStatusCode.PartialContent && !IsTheRest(response, position))
        {
            response.Dispose();
            _ranges = false;
            response = await SendAsync(position, cancellationToken);
        }

        var start = response.StatusCode == HttpStatusCode.PartialContent ? position : 0;
        if (response.Content.Headers.ContentLength is { } length && length != descriptor.Size - start)
        {
            response.Dispose();
            throw new OciContentException(
                OciContentProblem.SizeMismatch, $"the registry has {length + start} bytes under the digest of the blob {descriptor}.");
        }

        return new BlobPart(response, await response.Content.ReadAsStreamAsync(cancellationToken), position - start);
    }

    private async Task<HttpResponseMessage> SendAsync(long position, CancellationToken cancellationToken)
    {
        var ranged = position > 0 && _ranges;
        var attempt = ranged ? request with { Range = new RangeHeaderValue(position, null) } : request;
        var response = ranged
            ? await transport.SendAsync(
                attempt, cancellationToken, HttpStatusCode.PartialContent, HttpStatusCode.OK, HttpStatusCode.RequestedRangeNotSatisfiable)
            : await transport.SendAsync(attempt, cancellationToken, HttpStatusCode.OK);
        if (response.StatusCode != HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            return response;
        }

        response.Dispose();
        _ranges = false;
        return await SendAsync(position, cancellationToken);
    }

    private bool IsTheRest(HttpResponseMessage response, long position)
    {
        var range = response.Content.Headers.ContentRange;
        return range is { Unit: "bytes" } && range.From == position
            && (range.To is null || range.To == descriptor.Size - 1)
            && (range.Length is null || range.Length == descriptor.Size);
    }
}
