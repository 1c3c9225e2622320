namespace Klever.Formats;

/// <summary>The small text that Git LFS leaves in place of a file that was not fetched: the most common "damaged"
/// model.</summary>
internal static class GitLfsPointer
{
    public const string Problem =
        "this is a Git LFS pointer, not the model; run \"git lfs pull\" where it was cloned and push the model again";

    private static ReadOnlySpan<byte> FirstLine => "version https://git-lfs"u8;

    /// <param name="start">The first bytes of a file.</param>
    public static bool IsPointer(ReadOnlySpan<byte> start) => start.StartsWith(FirstLine);
}
