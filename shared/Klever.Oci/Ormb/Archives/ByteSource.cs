namespace Klever.Oci.Ormb.Archives;

/// <summary>An archive whose bytes can be read at any place, as the central directory of a zip asks for.</summary>
public abstract class ByteSource
{
    /// <summary>Bytes of the whole.</summary>
    public abstract long Length { get; }

    /// <summary>Opens a piece of it. Synchronous, as parsing is.</summary>
    public abstract Stream Open(long position, long length);

    /// <summary>A small piece as a whole; the caller knows that it is small.</summary>
    internal byte[] Read(long position, int length)
    {
        using var piece = Open(position, length);
        var content = new byte[length];
        piece.ReadExactly(content);
        return content;
    }
}
