namespace Klever.Oci.Ormb.Zip;

/// <summary>An entry that was written, for the directory.</summary>
internal sealed record ZipWritten(byte[] Name, uint Checksum, long PackedLength, long Length, long Offset);
