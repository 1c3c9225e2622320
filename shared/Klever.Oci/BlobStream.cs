using Klever.Models;
using Klever.Oci.Transport;

namespace Klever.Oci;

/// <summary>A blob while it is read: hashed as it passes, taken up again where a connection broke, refused when it is not what
/// its descriptor says. The last bytes are given out only when the digest is right.</summary>
internal sealed class BlobStream(BlobSource source, BlobPart first) : Stream
{
    private readonly ContentHash _hash = new(source.Descriptor.Digest.Algorithm);
    private BlobPart? _part = first;
    private ActivityTimeout? _clock;
    private long _skip = first.Skip;
    private long _lastBreak;
    private int _breaks;
    private bool _verified;
    private bool _disposed;

    public override bool CanRead => !_disposed;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => source.Descriptor.Size;

    public override long Position
    {
        get => _hash.Length;
        set => throw new NotSupportedException();
    }

    private long Remaining => source.Descriptor.Size - _hash.Length;

    public override int Read(Span<byte> buffer)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        while (!_verified && buffer.Length > 0)
        {
            try
            {
                _part ??= Take(source.OpenAsync(_hash.Length, CancellationToken.None).GetAwaiter().GetResult());
                var target = buffer[..Wanted(buffer.Length)];
                var count = target.Length == 0 ? 0 : _part.Content.Read(target);
                if (Accept(target[..count]) && (Remaining > 0 || Finish(GoesOn())))
                {
                    return count;
                }
            }
            catch (Exception exception) when (IsBreak(exception))
            {
                Break(exception);
            }
        }

        return 0;
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        while (!_verified && buffer.Length > 0)
        {
            try
            {
                _part ??= Take(await source.OpenAsync(_hash.Length, cancellationToken));
                var target = buffer[..Wanted(buffer.Length)];
                var count = target.Length == 0 ? 0 : await ReadPartAsync(target, cancellationToken);
                if (Accept(target.Span[..count]) && (Remaining > 0 || Finish(await GoesOnAsync(cancellationToken))))
                {
                    return count;
                }
            }
            catch (Exception exception) when (IsBreak(exception) && !cancellationToken.IsCancellationRequested)
            {
                Break(exception);
            }
        }

        return 0;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_disposed)
        {
            _disposed = true;
            ReleasePart();
            _hash.Dispose();
        }

        base.Dispose(disposing);
    }

    // OciContentException is the verdict on the content, so it is not mended, though it is an IOException to the reader.
    private static bool IsBreak(Exception exception) =>
        exception is (IOException and not OciContentException) or HttpRequestException or OperationCanceledException;

    private BlobPart Take(BlobPart part)
    {
        _skip = part.Skip;
        return part;
    }

    private int Wanted(int available) => (int)Math.Min(available, _skip > 0 ? _skip : Remaining);

    /// <summary>Counts what was read; false when it was only the beginning that is known already.</summary>
    private bool Accept(ReadOnlySpan<byte> content)
    {
        if (content.Length == 0 && Remaining > 0)
        {
            throw new EndOfStreamException("the connection ended before the blob did.");
        }

        if (_skip > 0)
        {
            _skip -= content.Length;
            return false;
        }

        _hash.Append(content);
        return true;
    }

    private bool Finish(bool goesOn)
    {
        ReleasePart();
        if (goesOn)
        {
            throw new OciContentException(
                OciContentProblem.SizeMismatch, $"the blob {source.Descriptor} goes on after the size that its descriptor gives.");
        }

        var actual = _hash.Finish();
        _verified = actual == source.Descriptor.Digest;
        return _verified
            ? true
            : throw new OciContentException(
                OciContentProblem.DigestMismatch,
                $"the blob {source.Descriptor} arrived with the digest {actual}; it was altered on the way or in the registry.");
    }

    // A length that was announced has been compared already.
    private bool GoesOn() =>
        _part!.Response.Content.Headers.ContentLength is null && _part.Content.Read(stackalloc byte[1]) > 0;

    private async ValueTask<bool> GoesOnAsync(CancellationToken cancellationToken) =>
        _part!.Response.Content.Headers.ContentLength is null && await ReadPartAsync(new byte[1], cancellationToken) > 0;

    private async ValueTask<int> ReadPartAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        _clock ??= new ActivityTimeout(source.ActivityTimeout, CancellationToken.None);
        await using var cancelled = cancellationToken.UnsafeRegister(static clock => ((ActivityTimeout)clock!).Cancel(), _clock);
        _clock.Restart();
        var count = await _part!.Content.ReadAsync(buffer, _clock.Token);
        _clock.Pause();
        return count;
    }

    private void Break(Exception exception)
    {
        ReleasePart();
        _breaks = _hash.Length - _lastBreak >= OciLimits.ResumeProgressBytes ? 1 : _breaks + 1;
        _lastBreak = _hash.Length;
        if (_breaks > OciLimits.MaximumResumes)
        {
            throw new OciContentException(
                OciContentProblem.Truncated,
                $"the blob {source.Descriptor} broke off {_breaks} times, the last time after {_hash.Length} bytes: "
                + Excerpt.Of(exception.Message),
                exception);
        }
    }

    private void ReleasePart()
    {
        _part?.Dispose();
        _clock?.Dispose();
        (_part, _clock) = (null, null);
    }
}
