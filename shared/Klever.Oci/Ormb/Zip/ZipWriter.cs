using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;
using Klever.Oci.Ormb.Gzip;

namespace Klever.Oci.Ormb.Zip;

/// <summary>Writes a zip front to back, as a response is written, with zip64 where it is needed. Equal files give equal bytes: no
/// times, no owners. What hardly shrinks is stored within its deflate data, so weights travel as fast as they arrive.</summary>
public sealed class ZipWriter : IDisposable
{
    private const int BufferSize = 128 * 1024;

    // Deflate makes what it stores longer by five bytes in 64 KB; such an entry has to have room for it.
    private const long Longest32 = uint.MaxValue - (64L * 1024 * 1024);

    private readonly CountingStream _target;
    private readonly FastDeflateStream _deflate;
    private readonly List<ZipWritten> _written = [];
    private readonly byte[] _buffer = new byte[BufferSize];

    /// <param name="target">Receives the archive; stays open.</param>
    public ZipWriter(Stream target)
    {
        _target = new CountingStream(target);
        _deflate = new FastDeflateStream(_target);
    }

    /// <param name="path">With forward slashes; it is written as it is.</param>
    /// <param name="length">Bytes of <paramref name="content"/>.</param>
    public void Add(string path, long length, Stream content)
    {
        var name = Encoding.UTF8.GetBytes(path);
        var isLarge = length > Longest32;
        var offset = _target.Count;
        ZipRecords.WriteLocal(_target, name, isLarge);
        var start = _target.Count;
        var checksum = new Crc32();
        for (int read; (read = content.ReadAtLeast(_buffer, _buffer.Length, throwOnEndOfStream: false)) > 0;)
        {
            checksum.Append(_buffer.AsSpan(0, read));
            _deflate.Write(_buffer.AsSpan(0, read));
        }

        _deflate.Complete();
        var written = new ZipWritten(name, checksum.GetCurrentHashAsUInt32(), _target.Count - start, length, offset);
        ZipRecords.WriteDescriptor(_target, written, isLarge);
        _written.Add(written);
    }

    /// <summary>Writes the directory. Without it the archive is recognized as cut off.</summary>
    public void Complete()
    {
        var offset = _target.Count;
        foreach (var entry in _written)
        {
            ZipRecords.WriteCentral(_target, entry);
        }

        ZipRecords.WriteEnd(_target, _written.Count, offset, _target.Count - offset);
    }

    public void Dispose()
    {
        _deflate.Dispose();
        _target.Dispose();
    }
}
