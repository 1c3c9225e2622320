using System.IO.Pipelines;
using System.Net;
using System.Net.Http.Headers;

namespace Klever.Oci.Transport;

/// <summary>A body of unknown length that is still being written while it travels (chunked).</summary>
internal sealed class PipeContent : TransferContent
{
    private readonly PipeReader _reader;

    public PipeContent(PipeReader reader)
    {
        _reader = reader;
        Headers.ContentType = new MediaTypeHeaderValue(MediaTypes.OctetStream);
    }

    /// <summary>Whether bytes have left; then there is no second copy to send.</summary>
    public bool Started { get; private set; }

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        if (Started)
        {
            // The handler repeats a request by itself when a pooled connection turns out to be closed.
            throw new IOException("the connection broke, and the content that was sent is not kept.");
        }

        Started = true;
        while (true)
        {
            Activity?.Pause();
            var result = await _reader.ReadAsync(cancellationToken);
            Activity?.Restart();
            foreach (var segment in result.Buffer)
            {
                await stream.WriteAsync(segment, cancellationToken);
                Activity?.Restart();
            }

            _reader.AdvanceTo(result.Buffer.End);
            if (result.IsCompleted)
            {
                return;
            }
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
