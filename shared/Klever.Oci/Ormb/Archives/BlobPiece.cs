namespace Klever.Oci.Ormb.Archives;

/// <summary>A part of an archive that lies in a registry as a blob of its own.</summary>
/// <param name="Length">Bytes of the blob, from its beginning, that are the part's.</param>
public sealed record BlobPiece(RepositoryClient Repository, Descriptor Blob, long Length);
