namespace Klever.Oci.Ormb.Tar;

/// <summary>The content of one entry after the other: a window on the archive that ends where the entry does.</summary>
internal sealed class TarContent(Stream archive) : ForwardStream
{
    private const int SkipBufferSize = 64 * 1024;

    private byte[]? _skipBuffer;
    private string _path = "";
    private long _remaining;
    private int _padding;

    /// <summary>Bytes of the archive that were read.</summary>
    public new long Position { get; private set; }

    public override long Length => EntryLength;

    /// <summary>Bytes of the current entry.</summary>
    public long EntryLength { get; private set; }

    public void Begin(string path, long length)
    {
        _path = path;
        _remaining = EntryLength = length;
        _padding = TarBlock.Padding(length);
    }

    public override int Read(Span<byte> buffer)
    {
        if (_remaining == 0 || buffer.IsEmpty)
        {
            return 0;
        }

        var read = archive.Read(buffer[..(int)Math.Min(buffer.Length, _remaining)]);
        if (read == 0)
        {
            throw new ModelLayerException(ModelLayerProblem.Truncated, $"is cut off: {_remaining} bytes of it are missing", _path);
        }

        Position += read;
        _remaining -= read;
        return read;
    }

    /// <summary>Goes to the end of the current entry and of its last block.</summary>
    public void PassOver()
    {
        _remaining += _padding;
        _padding = 0;
        if (_remaining == 0)
        {
            return;
        }

        _skipBuffer ??= new byte[SkipBufferSize];
        while (Read(_skipBuffer) > 0)
        {
        }
    }

    /// <summary>Reads a header block; fewer bytes than it has, or none, at the end of the archive.</summary>
    public int ReadBlock(Span<byte> block)
    {
        var read = archive.ReadAtLeast(block, block.Length, throwOnEndOfStream: false);
        Position += read;
        return read;
    }
}
