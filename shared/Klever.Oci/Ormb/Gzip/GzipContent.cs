using System.IO.Compression;

namespace Klever.Oci.Ormb.Gzip;

/// <summary>The unpacked bytes of a gzip layer, of one member or many (RFC 1952, section 2.2). Unlike GZipStream it tells a
/// layer that was cut off, or that something follows, and it stops at a bomb.</summary>
internal sealed class GzipContent : ForwardStream
{
    private readonly GzipTail _packed;
    private readonly GZipStream _gzip;
    private readonly ModelLayerLimits _limits;
    private long _unpacked;
    private bool _hasEnded;

    public GzipContent(Stream packed, ModelLayerLimits limits)
    {
        _packed = new GzipTail(packed);
        _gzip = new GZipStream(_packed, CompressionMode.Decompress);
        _limits = limits;
    }

    public override int Read(Span<byte> buffer)
    {
        if (_hasEnded || buffer.IsEmpty)
        {
            return 0;
        }

        var read = Unpack(buffer);
        if (_packed.IsReached)
        {
            CheckTail(buffer[..read]);
            _hasEnded = true;
            return 0;
        }

        if (read == 0)
        {
            throw new ModelLayerException(
                ModelLayerProblem.TrailingData, $"has bytes after the end of its gzip data, before byte {_packed.Count}");
        }

        _unpacked += read;
        CheckBomb();
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _gzip.Dispose();
        }

        base.Dispose(disposing);
    }

    // GZipStream asks for more input only when it has given out everything that it had, so what comes now is our member alone.
    private void CheckTail(ReadOnlySpan<byte> first)
    {
        Span<byte> tail = stackalloc byte[GzipTail.Content.Length + 1];
        if (first.Length <= GzipTail.Content.Length)
        {
            first.CopyTo(tail);
            var length = first.Length;
            for (var read = -1; read != 0 && length < tail.Length; length += read)
            {
                read = Unpack(tail[length..]);
            }

            if (tail[..length].SequenceEqual(GzipTail.Content))
            {
                return;
            }
        }

        throw CutOff();
    }

    private int Unpack(Span<byte> buffer)
    {
        try
        {
            return _gzip.Read(buffer);
        }
        catch (InvalidDataException exception)
        {
            throw _packed.IsReached ? CutOff(exception) : new ModelLayerException(
                ModelLayerProblem.Damaged, $"is damaged: its gzip data is wrong before byte {_packed.Count}", inner: exception);
        }
    }

    private ModelLayerException CutOff(Exception? inner = null) => new(
        ModelLayerProblem.Truncated, $"is cut off: its gzip data is incomplete at its end, byte {_packed.Count}", inner: inner);

    private void CheckBomb()
    {
        if (_unpacked > _limits.RatioFreeBytes && _unpacked / _limits.MaximumRatio > _packed.Count)
        {
            throw new ModelLayerException(
                ModelLayerProblem.LimitExceeded,
                $"unpacks to more than {_limits.MaximumRatio} times its size: {_packed.Count} bytes became {_unpacked}");
        }
    }
}
