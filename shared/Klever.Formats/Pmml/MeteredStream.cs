namespace Klever.Formats.Pmml;

/// <summary>Hands on a file's bytes and stops when an XML reader takes too many of them for one node, or altogether: it would
/// hold an attribute of any length in memory.</summary>
internal sealed class MeteredStream(ModelFile file, byte[] head) : Stream
{
    /// <summary>Bytes of one tag, comment or CDATA section, at most; text may be longer.</summary>
    public const int MaximumNodeBytes = 1024 * 1024;

    /// <summary>Bytes of a document, at most.</summary>
    public const long MaximumDocumentBytes = 8L * 1024 * 1024 * 1024;

    private int _headTaken;
    private long _sinceNode;
    private long _total;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Says that the reader has come to another node.</summary>
    public void NextNode() => _sinceNode = 0;

    public override int Read(Span<byte> buffer)
    {
        var read = _headTaken < head.Length ? TakeHead(buffer) : file.Content.Read(buffer);
        _sinceNode += read;
        _total += read;
        if (_sinceNode > MaximumNodeBytes || _total > MaximumDocumentBytes)
        {
            throw _total > MaximumDocumentBytes
                ? file.LimitExceeded($"the document is longer than {MaximumDocumentBytes} bytes")
                : file.LimitExceeded($"one tag, comment or CDATA section is longer than {MaximumNodeBytes} bytes", _total - _sinceNode);
        }

        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private int TakeHead(Span<byte> buffer)
    {
        var count = Math.Min(buffer.Length, head.Length - _headTaken);
        head.AsSpan(_headTaken, count).CopyTo(buffer);
        _headTaken += count;
        return count;
    }
}
