namespace Klever.Oci.Ormb.Archives;

/// <summary>A part of an archive that lies in a registry as a blob of its own.</summary>
public sealed record BlobPiece(RepositoryClient Repository, Descriptor Blob);
