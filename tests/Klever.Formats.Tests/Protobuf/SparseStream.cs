namespace Klever.Formats.Tests.Protobuf;

/// <summary>A file of any length that is never anywhere: pieces of bytes with runs of zeros between them, read
/// forward.</summary>
internal sealed class SparseStream : Stream
{
    private readonly Queue<(byte[] Bytes, long Zeros)> _pieces = new();
    private long _place;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Bytes of the whole file.</summary>
    public long Size { get; private set; }

    public SparseStream Append(byte[] bytes)
    {
        _pieces.Enqueue((bytes, 0));
        Size += bytes.Length;
        return this;
    }

    public SparseStream AppendZeros(long count)
    {
        _pieces.Enqueue(([], count));
        Size += count;
        return this;
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        while (_pieces.TryPeek(out var piece))
        {
            var left = Math.Max(piece.Bytes.Length, piece.Zeros) - _place;
            if (left == 0)
            {
                _pieces.Dequeue();
                _place = 0;
                continue;
            }

            var read = (int)Math.Min(left, count);
            if (piece.Zeros > 0)
            {
                buffer.AsSpan(offset, read).Clear();
            }
            else
            {
                piece.Bytes.AsSpan((int)_place, read).CopyTo(buffer.AsSpan(offset));
            }

            _place += read;
            return read;
        }

        return 0;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
