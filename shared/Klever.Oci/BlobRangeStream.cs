using Klever.Models;
using Klever.Oci.Ormb;

namespace Klever.Oci;

/// <summary>A piece of a blob while it is read; taken up again where a connection broke.</summary>
internal sealed class BlobRangeStream(BlobSource source, long position, long length) : ForwardStream
{
    private readonly long _end = position + length;
    private BlobPart? _part;
    private long _position = position;
    private long _skip;
    private int _breaks;

    public override int Read(Span<byte> buffer)
    {
        while (_position < _end && buffer.Length > 0)
        {
            try
            {
                if (ReadPart(buffer) is > 0 and var read)
                {
                    return read;
                }
            }
            catch (Exception exception) when (exception is (IOException and not OciContentException) or HttpRequestException)
            {
                Break(exception);
            }
        }

        return 0;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _part?.Dispose();
        }

        base.Dispose(disposing);
    }

    // Zero while bytes are read over that a registry without Range sends before those that were asked for.
    private int ReadPart(Span<byte> buffer)
    {
        if (_part is null)
        {
            _part = source.OpenAsync(_position, CancellationToken.None).GetAwaiter().GetResult();
            _skip = _part.Skip;
        }

        var read = _part.Content.Read(buffer[..(int)Math.Min(buffer.Length, _skip > 0 ? _skip : _end - _position)]);
        if (read == 0)
        {
            throw new EndOfStreamException("the connection ended before the blob did.");
        }

        if (_skip > 0)
        {
            _skip -= read;
            return 0;
        }

        _position += read;
        return read;
    }

    private void Break(Exception exception)
    {
        _part?.Dispose();
        _part = null;
        if (++_breaks > OciLimits.MaximumResumes)
        {
            throw new OciContentException(
                OciContentProblem.Truncated,
                $"the blob {source.Descriptor} broke off {_breaks} times, the last time at byte {_position}: {Excerpt.Of(exception.Message)}",
                exception);
        }
    }
}
