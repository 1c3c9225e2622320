namespace Klever.Oci.Ormb.Zip;

/// <summary>A file as the central directory of a zip describes it.</summary>
/// <param name="Path">Checked.</param>
/// <param name="RawName">As in the directory; the local header has to have the same.</param>
/// <param name="Offset">Of its local header.</param>
internal sealed record ZipEntry(
    string Path, byte[] RawName, ushort Flags, ushort Method, uint Checksum, long PackedLength, long Length, long Offset)
{
    /// <summary>Where the next entry, or the directory, begins.</summary>
    public long Limit { get; init; }
}
