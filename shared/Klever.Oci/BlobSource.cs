using System.Net;
using System.Net.Http.Headers;
using Klever.Oci.Transport;

namespace Klever.Oci;

/// <summary>Opens a blob at a position, by Range where the registry takes it and by reading over the beginning where not.</summary>
/// <param name="end">Where reading ends, when that is before the blob's own end.</param>
internal sealed class BlobSource(RegistryTransport transport, RegistryRequest request, Descriptor descriptor, long? end = null)
{
    private readonly long _end = end ?? descriptor.Size;
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

        var (start, stop) = response.StatusCode == HttpStatusCode.PartialContent ? (position, _end) : (0, descriptor.Size);
        if (response.Content.Headers.ContentLength is { } length && length != stop - start)
        {
            response.Dispose();
            throw new OciContentException(
                OciContentProblem.SizeMismatch, $"the registry has {length + start} bytes under the digest of the blob {descriptor}.");
        }

        return new BlobPart(response, await response.Content.ReadAsStreamAsync(cancellationToken), position - start);
    }

    private async Task<HttpResponseMessage> SendAsync(long position, CancellationToken cancellationToken)
    {
        var ranged = (position > 0 || _end < descriptor.Size) && _ranges;
        long? last = _end < descriptor.Size ? _end - 1 : null;
        var attempt = ranged ? request with { Range = new RangeHeaderValue(position, last) } : request;
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
            && (range.To is null || range.To == _end - 1)
            && (range.Length is null || range.Length == descriptor.Size);
    }
}
