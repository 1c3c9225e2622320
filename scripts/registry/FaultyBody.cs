using Microsoft.AspNetCore.Http;

namespace Klever.Registry;

/// <summary>The body of an answer that is altered or broken off on its way.</summary>
internal sealed class FaultyBody(HttpContext context, RegistryFault fault) : Stream
{
    // What has been sent must have arrived before the connection is reset, or the cut would fall anywhere before its place.
    private static readonly TimeSpan ArrivalTime = TimeSpan.FromMilliseconds(20);
    private readonly Stream _inner = context.Response.Body;
    private long _position;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var end = fault.CutAfter ?? fault.StallAfter ?? long.MaxValue;
        var bytes = buffer[..(int)Math.Clamp(end - _position, 0, buffer.Length)].ToArray();
        if (fault.FlipByteAt is { } flip && flip >= _position && flip < _position + bytes.Length)
        {
            bytes[flip - _position] ^= 1;
        }

        await _inner.WriteAsync(bytes, cancellationToken);
        await _inner.FlushAsync(cancellationToken);
        _position += bytes.Length;
        if (bytes.Length == buffer.Length && _position < end)
        {
            return;
        }

        if (fault.StallAfter is not null)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted);
        }

        await Task.Delay(ArrivalTime, cancellationToken);
        context.Abort();
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override Task FlushAsync(CancellationToken cancellationToken) => _inner.FlushAsync(cancellationToken);

    public override void Flush() => throw new NotSupportedException();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
