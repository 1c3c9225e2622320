namespace Klever.Functions.Models.Upload;

/// <summary>A piece of an archive that is in the registry.</summary>
/// <param name="Content">A hash of the piece, to tell a repetition from something else.</param>
/// <param name="Digest">Of the blob that holds it.</param>
internal sealed record UploadChunk(long From, long Size, string Content, string Digest);
