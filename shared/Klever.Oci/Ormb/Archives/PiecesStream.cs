namespace Klever.Oci.Ormb.Archives;

/// <summary>Streams one after the other, each opened when it is its turn.</summary>
internal sealed class PiecesStream(IEnumerable<Stream> pieces) : ForwardStream
{
    private readonly IEnumerator<Stream> _pieces = pieces.GetEnumerator();
    private Stream? _current;

    public override int Read(Span<byte> buffer)
    {
        while (buffer.Length > 0)
        {
            if (_current?.Read(buffer) is > 0 and var read)
            {
                return read;
            }

            _current?.Dispose();
            _current = _pieces.MoveNext() ? _pieces.Current : null;
            if (_current is null)
            {
                return 0;
            }
        }

        return 0;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _current?.Dispose();
            _pieces.Dispose();
        }

        base.Dispose(disposing);
    }
}
