namespace Klever.Formats.Tests.Fuzzing;

/// <summary>A file of any length that takes no memory: a beginning, and then the same bytes again and again.</summary>
internal sealed class EndlessStream(byte[] begin, byte[] filling, long length) : Stream
{
    private readonly byte[] _block = [.. Enumerable.Repeat(filling, Math.Max(1, 64 * 1024 / filling.Length)).SelectMany(part => part)];
    private long _position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var source = _position < begin.Length
            ? begin.AsSpan((int)_position)
            : _block.AsSpan((int)((_position - begin.Length) % _block.Length));
        var count = (int)Math.Min(Math.Min(buffer.Length, source.Length), length - _position);
        source[..count].CopyTo(buffer);
        _position += count;
        return count;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
