namespace Klever.Oci.Ormb.Archives;

/// <summary>An archive that lies in a registry as one blob or as several, one after the other. Nothing of it is held: what is read
/// is asked for by Range.</summary>
public sealed class BlobBytes : ByteSource
{
    private readonly IReadOnlyList<BlobPiece> _pieces;

    /// <param name="pieces">In their order.</param>
    public BlobBytes(IReadOnlyList<BlobPiece> pieces)
    {
        _pieces = pieces;
        Length = pieces.Sum(piece => piece.Length);
    }

    public override long Length { get; }

    public override Stream Open(long position, long length) => new PiecesStream(Ranges(position, length));

    private IEnumerable<Stream> Ranges(long position, long length)
    {
        var start = 0L;
        foreach (var (repository, blob, size) in _pieces)
        {
            var from = Math.Max(position, start);
            var to = Math.Min(position + length, start + size);
            if (from < to)
            {
                yield return repository.OpenBlobRange(blob, from - start, to - from);
            }

            start += size;
        }
    }
}
