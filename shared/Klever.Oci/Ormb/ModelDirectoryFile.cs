namespace Klever.Oci.Ormb;

/// <summary>A file to pack.</summary>
/// <param name="Path">Path in the archive: <c>model/…</c> with forward slashes.</param>
/// <param name="FullPath">Path on this machine.</param>
/// <param name="Length">Bytes when it was listed; packing fails when it has changed since.</param>
public sealed record ModelDirectoryFile(string Path, string FullPath, long Length);
