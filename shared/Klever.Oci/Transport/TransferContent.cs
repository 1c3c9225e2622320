using System.Buffers;
using System.Net;

namespace Klever.Oci.Transport;

/// <summary>A body that keeps the request's clock running while it is sent.</summary>
internal abstract class TransferContent : HttpContent
{
    /// <summary>Set by the transport before the body is sent.</summary>
    public ActivityTimeout? Activity { get; set; }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected async Task CopyAsync(Stream from, Stream to, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(OciLimits.TransferBufferBytes);
        try
        {
            while (true)
            {
                Activity?.Pause();
                var count = await from.ReadAsync(buffer, cancellationToken);
                Activity?.Restart();
                if (count == 0)
                {
                    return;
                }

                await to.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
