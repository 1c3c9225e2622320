namespace Klever.Functions.Models.Upload;

/// <summary>How far an upload in chunks is: the answer to each of them but the last.</summary>
/// <param name="Missing">The first of the ranges that have not come, as in <c>Content-Range</c>.</param>
internal sealed record UploadProgress(string Reference, long Received, long Total, IReadOnlyList<string> Missing)
{
    private const int MaximumRanges = 100;

    public static UploadProgress Of(string reference, UploadState state) => new(
        reference, state.Received, state.Total, [.. state.Missing().Take(MaximumRanges).Select(range => $"{range.From}-{range.To}")]);
}
