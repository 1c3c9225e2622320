namespace Klever.Oci.Ormb;

/// <summary>A file to pack, wherever its bytes are.</summary>
/// <param name="Path">Path in the layer: <c>model/…</c> with forward slashes.</param>
/// <param name="Length">Bytes; packing fails when <paramref name="Open"/> gives fewer.</param>
/// <param name="Open">Gives the content from its beginning, each time anew. Not called for a file without content.</param>
public sealed record ModelContentFile(string Path, long Length, Func<Stream> Open);
