namespace Klever.Formats.Caffe;

/// <summary>Documents that have to be held whole.</summary>
internal static class WholeFile
{
    /// <exception cref="ModelReadException">It is longer than the limit for documents, or shorter than it says.</exception>
    public static byte[] Read(ModelFile file)
    {
        if (file.Length > file.Limits.MaximumDocumentBytes)
        {
            throw file.LimitExceeded($"{file.Length} bytes; at most {file.Limits.MaximumDocumentBytes} of such a document are read");
        }

        var content = new byte[file.Length];
        var count = file.Content.ReadAtLeast(content, content.Length, throwOnEndOfStream: false);
        return count == content.Length
            ? content
            : throw file.NotTheFormat($"the file ends before its {file.Length} bytes", count);
    }
}
