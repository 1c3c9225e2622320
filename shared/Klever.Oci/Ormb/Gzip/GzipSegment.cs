using System.IO.Compression;

namespace Klever.Oci.Ormb.Gzip;

/// <summary>Compresses one piece of a deflate stream so that another can follow it: it ends at a byte boundary and does not say
/// that it is the last (RFC 1951, section 3.2.4; zlib's sync flush).</summary>
internal sealed class GzipSegment : IDisposable
{
    private readonly MemoryStream _packed = new();

    /// <summary>The packed bytes, valid until the next call.</summary>
    public ReadOnlySpan<byte> Pack(ReadOnlySpan<byte> content)
    {
        _packed.SetLength(0);
        using var deflate = new DeflateStream(_packed, CompressionLevel.Fastest, leaveOpen: true);
        deflate.Write(content);
        deflate.Flush();
        var length = (int)_packed.Length; // Disposing adds a last block, which is left out.
        return _packed.GetBuffer().AsSpan(0, length);
    }

    public void Dispose() => _packed.Dispose();
}
