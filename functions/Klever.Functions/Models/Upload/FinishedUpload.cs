namespace Klever.Functions.Models.Upload;

/// <summary>An upload that became a model, and the chunks that it consisted of.</summary>
internal sealed record FinishedUpload(string Id, long Total, IReadOnlyList<UploadChunk> Chunks, UploadResult Result)
{
    // Their blobs are gone, so what named them need not be kept.
    public static FinishedUpload Of(UploadState state, UploadResult result) =>
        new(state.Id, state.Total, [.. state.Chunks.Select(chunk => chunk with { Digest = "" })], result);

    public bool Had(ChunkRange range, string content) =>
        range.Total == Total && Chunks.Any(chunk => (chunk.From, chunk.Size, chunk.Content) == (range.From, range.Size, content));
}
