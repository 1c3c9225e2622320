namespace Klever.Oci.Ormb.Archives;

/// <summary>A file of an archive.</summary>
/// <param name="Path">Checked: relative, with forward slashes, inside the archive.</param>
/// <param name="Length">Unpacked bytes, as the archive says and as reading holds it to.</param>
/// <param name="Open">Gives the content from its beginning, each time anew.</param>
public sealed record ArchiveEntry(string Path, long Length, Func<Stream> Open);
