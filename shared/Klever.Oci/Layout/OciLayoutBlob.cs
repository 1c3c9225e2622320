using Klever.Models;

namespace Klever.Oci.Layout;

/// <summary>A blob of a layout being written: counted and hashed on the way, in a temporary file until <see cref="Complete"/>
/// gives it its name. Disposed before that, it leaves nothing.</summary>
#pragma warning disable CA1710 // A blob that is written to; "stream" would say less.
public sealed class OciLayoutBlob : Stream
#pragma warning restore CA1710
{
    private readonly OciLayout _layout;
    private readonly ContentHash _hash = new("sha256");
    private readonly FileStream _file;
    private readonly string _temporary;

    internal OciLayoutBlob(OciLayout layout)
    {
        _layout = layout;
        _temporary = Path.Combine(layout.Directory, $"blob-{Guid.NewGuid():N}.tmp");
        _file = new FileStream(_temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 64 * 1024);
    }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => _file.CanWrite;

    public override long Length => _hash.Length;

    public override long Position
    {
        get => _hash.Length;
        set => throw new NotSupportedException();
    }

    /// <summary>Puts the blob in its place and describes it.</summary>
    public Descriptor Complete(string mediaType)
    {
        var size = _hash.Length;
        var digest = _hash.Finish();
        CompleteAs(digest);
        return new Descriptor(mediaType, digest, size);
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        _file.Write(buffer);
        _hash.Append(buffer);
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await _file.WriteAsync(buffer, cancellationToken);
        _hash.Append(buffer.Span);
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush() => _file.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    internal void CompleteAs(Digest digest)
    {
        _file.Dispose();
        var path = _layout.PathOf(digest);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.Move(_temporary, path, overwrite: true);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _file.Dispose();
            _hash.Dispose();
            File.Delete(_temporary);
        }

        base.Dispose(disposing);
    }
}
