namespace Klever.Oci.Ormb.Archives;

/// <summary>The next bytes of a stream, and no more of them.</summary>
internal sealed class PieceStream(Stream inner, long length) : ForwardStream
{
    private long _remaining = length;

    public override int Read(Span<byte> buffer)
    {
        var read = inner.Read(buffer[..(int)Math.Min(buffer.Length, _remaining)]);
        _remaining -= read;
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
