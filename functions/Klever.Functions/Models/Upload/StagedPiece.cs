using Klever.Oci.Ormb.Archives;

namespace Klever.Functions.Models.Upload;

/// <summary>A body that is in the registry.</summary>
/// <param name="Content">A hash of the body alone, without what was added to it.</param>
internal sealed record StagedPiece(BlobPiece Piece, string Content);
