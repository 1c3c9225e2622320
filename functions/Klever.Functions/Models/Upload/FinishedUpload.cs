namespace Klever.Functions.Models.Upload;

/// <summary>An upload that became a model, and the chunks that it consisted of.</summary>
internal sealed record FinishedUpload(string Id, long Total, IReadOnlyList<UploadChunk> Chunks, UploadResult Result)
{
    public bool Had(ChunkRange range, string content) =>
        range.Total == Total && Chunks.Any(chunk => (chunk.From, chunk.Size, chunk.Content) == (range.From, range.Size, content));
}
