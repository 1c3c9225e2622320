using System.Net;
using System.Net.Http.Headers;

namespace Klever.Oci.Transport;

/// <summary>A blob of known length, opened only when it is its turn to travel.</summary>
internal sealed class BlobContent : TransferContent
{
    private readonly Func<CancellationToken, Task<Stream>> _open;
    private readonly long _length;

    public BlobContent(long length, Func<CancellationToken, Task<Stream>> open)
    {
        (_length, _open) = (length, open);
        Headers.ContentType = new MediaTypeHeaderValue(MediaTypes.OctetStream);
    }

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        await using var content = await _open(cancellationToken);
        await CopyAsync(content, stream, cancellationToken);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _length;
        return true;
    }
}
