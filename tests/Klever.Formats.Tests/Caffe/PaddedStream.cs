namespace Klever.Formats.Tests.Caffe;

/// <summary>A beginning, as many zeros as wanted, and an end.</summary>
internal sealed class PaddedStream(byte[] header, long zeros, byte[] trailer) : Stream
{
    private long _position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => header.Length + zeros + trailer.Length;

    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        var target = buffer.AsSpan(offset, (int)Math.Min(count, Length - _position));
        target.Clear();
        Copy(header, 0, target);
        Copy(trailer, header.Length + zeros, target);
        _position += target.Length;
        return target.Length;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private void Copy(byte[] part, long start, Span<byte> target)
    {
        var from = Math.Max(start, _position);
        var to = Math.Min(start + part.Length, _position + target.Length);
        if (from < to)
        {
            part.AsSpan((int)(from - start), (int)(to - from)).CopyTo(target[(int)(from - _position)..]);
        }
    }
}
