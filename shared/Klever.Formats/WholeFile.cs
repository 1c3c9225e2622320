namespace Klever.Formats;

/// <summary>Text documents, which have to be held whole.</summary>
internal static class WholeFile
{
    /// <exception cref="ModelReadException">It is longer than the limit for documents, shorter than it says, or a Git LFS pointer.</exception>
    public static byte[] Read(ModelFile file)
    {
        if (file.Length > file.Limits.MaximumDocumentBytes)
        {
            throw file.LimitExceeded($"{file.Length} bytes; at most {file.Limits.MaximumDocumentBytes} of such a document are read");
        }

        var content = new byte[file.Length];
        var count = file.Content.ReadAtLeast(content, content.Length, throwOnEndOfStream: false);
        if (count < content.Length)
        {
            throw file.NotTheFormat($"the file ends before its {file.Length} bytes", count);
        }

        return GitLfsPointer.IsPointer(content) ? throw file.NotTheFormat(GitLfsPointer.Problem) : content;
    }
}
