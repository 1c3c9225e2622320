namespace Klever.Formats.TorchScript;

/// <summary>A file of the archive as its central directory describes it; nothing of it is believed before it is used.</summary>
/// <param name="Flags">General purpose bit flags; bit 0 is encryption.</param>
/// <param name="Method">0 stored, 8 deflated.</param>
/// <param name="CompressedLength">Bytes in the archive.</param>
/// <param name="Length">Bytes once inflated.</param>
/// <param name="HeaderOffset">Where its local header begins.</param>
internal sealed record ZipEntry(
    string Name, ushort Flags, ushort Method, long CompressedLength, long Length, long HeaderOffset)
{
    public const ushort Stored = 0;
    public const ushort Deflated = 8;

    public bool IsEncrypted => (Flags & 1) != 0;
}
