using System.Buffers.Binary;
using System.IO.Hashing;

namespace Klever.Oci.Ormb.Gzip;

/// <summary>Writes one gzip member (RFC 1952) around what <see cref="FastDeflateStream"/> makes; equal content gives equal bytes.</summary>
internal sealed class FastGzipStream(Stream target) : Stream
{
    private readonly FastDeflateStream _deflate = new(target);
    private readonly Crc32 _checksum = new();
    private uint _total;
    private bool _hasHeader;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    // Section 2.3.1: deflate, no flags, no time, fastest algorithm, unknown system.
    private static ReadOnlySpan<byte> Header => [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 4, 255];

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        WriteHeader();
        _checksum.Append(buffer);
        _total += (uint)buffer.Length;
        _deflate.Write(buffer);
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <summary>Writes what is left, the end of the deflate data and the trailer.</summary>
    public void Complete()
    {
        WriteHeader();
        _deflate.Complete();
        Span<byte> trailer = stackalloc byte[2 * sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(trailer, _checksum.GetCurrentHashAsUInt32());
        BinaryPrimitives.WriteUInt32LittleEndian(trailer[sizeof(uint)..], _total);
        target.Write(trailer);
    }

    /// <summary>Does nothing: blocks are written when they are full.</summary>
    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _deflate.Dispose();
        }

        base.Dispose(disposing);
    }

    private void WriteHeader()
    {
        if (!_hasHeader)
        {
            target.Write(Header);
            _hasHeader = true;
        }
    }
}
