using System.IO.Compression;

namespace Klever.Oci.Ormb.Gzip;

/// <summary>The packed bytes of a layer, followed by one gzip member of our own. A decompressor that reaches that member was
/// given whole members before it; one that does not was given a cut-off member, or something that is not gzip at all.</summary>
internal sealed class GzipTail(Stream packed) : ForwardStream
{
    private const int BufferSize = 128 * 1024;

    private static readonly byte[] Mark = Guid.NewGuid().ToByteArray();
    private static readonly byte[] Member = Pack(Mark);

    private readonly byte[] _buffer = new byte[BufferSize];
    private int _start;
    private int _end;
    private int _served;

    /// <summary>What our member holds.</summary>
    public static ReadOnlySpan<byte> Content => Mark;

    /// <summary>Bytes read of the layer.</summary>
    public long Count { get; private set; }

    /// <summary>Whether all bytes of the layer were handed out, and some of our member.</summary>
    public bool IsReached => _served > 0;

    public override int Read(Span<byte> buffer)
    {
        if (_start == _end && !IsReached)
        {
            (_start, _end) = (0, packed.Read(_buffer));
            Count += _end;
        }

        if (_start < _end)
        {
            var count = Math.Min(buffer.Length, _end - _start);
            _buffer.AsSpan(_start, count).CopyTo(buffer);
            _start += count;
            return count;
        }

        var rest = Member.AsSpan(_served);
        var length = Math.Min(rest.Length, buffer.Length);
        rest[..length].CopyTo(buffer);
        _served += length;
        return length;
    }

    private static byte[] Pack(byte[] content)
    {
        using var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionLevel.Fastest))
        {
            gzip.Write(content);
        }

        return target.ToArray();
    }
}
