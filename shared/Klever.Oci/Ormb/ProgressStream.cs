namespace Klever.Oci.Ormb;

/// <summary>Tells how much of a stream was read.</summary>
public sealed class ProgressStream : ForwardStream
{
    private readonly Stream _inner;
    private readonly IProgress<long> _progress;
    private long _count;

    private ProgressStream(Stream inner, IProgress<long> progress) => (_inner, _progress) = (inner, progress);

    public override long Length => _inner.Length;

    /// <summary>The stream itself when nobody listens.</summary>
    /// <param name="progress">Hears of the bytes read so far.</param>
    public static Stream Of(Stream inner, IProgress<long>? progress) =>
        progress is null ? inner : new ProgressStream(inner, progress);

    public override int Read(Span<byte> buffer) => Count(_inner.Read(buffer));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        Count(await _inner.ReadAsync(buffer, cancellationToken));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private int Count(int read)
    {
        _count += read;
        _progress.Report(_count);
        return read;
    }
}
