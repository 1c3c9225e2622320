namespace Klever.Oci.Layout;

/// <summary>A local blob while it is read: the last bytes are given out only when size and digest are right.</summary>
internal sealed class VerifyingStream(Stream inner, Descriptor descriptor) : Stream
{
    private readonly ContentHash _hash = new(descriptor.Digest.Algorithm);
    private bool _verified;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => descriptor.Size;

    public override long Position
    {
        get => _hash.Length;
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer) => buffer.Length == 0 ? 0 : Check(buffer[..inner.Read(buffer)]);

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        buffer.Length == 0 ? 0 : Check(buffer[..await inner.ReadAsync(buffer, cancellationToken)].Span);

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
        if (disposing)
        {
            inner.Dispose();
            _hash.Dispose();
        }

        base.Dispose(disposing);
    }

    private int Check(ReadOnlySpan<byte> content)
    {
        if (!_verified)
        {
            _hash.Append(content);
        }

        if (_hash.Length > descriptor.Size || (content.Length == 0 && _hash.Length < descriptor.Size) || (_verified && content.Length > 0))
        {
            throw new OciContentException(
                OciContentProblem.SizeMismatch, $"the blob {descriptor} has another size in the layout, after {_hash.Length} bytes.");
        }

        if (!_verified && _hash.Length == descriptor.Size)
        {
            var actual = _hash.Finish();
            _verified = actual == descriptor.Digest ? true : throw new OciContentException(
                OciContentProblem.DigestMismatch, $"the blob {descriptor} has the digest {actual} in the layout; delete it and pull again.");
        }

        return content.Length;
    }
}
