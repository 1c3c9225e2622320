namespace Klever.Formats.Caffe;

/// <summary>Git LFS pointers: small text files that stand where a repository keeps a large file elsewhere.</summary>
internal static class LfsPointer
{
    /// <summary>Bytes of a pointer at most (Git LFS specification).</summary>
    private const int MaximumLength = 1024;

    private static ReadOnlySpan<byte> Beginning => "version https://git-lfs"u8;

    /// <summary>The same file, its content to be read from the start.</summary>
    /// <exception cref="ModelReadException">It is a pointer.</exception>
    public static ModelFile Refuse(ModelFile file)
    {
        if (file.Length > MaximumLength)
        {
            return file;
        }

        var content = WholeFile.Read(file);
        return content.AsSpan().StartsWith(Beginning)
            ? throw file.NotTheFormat("this is a Git LFS pointer, not the file it stands for; run \"git lfs pull\" and push again")
            : file with { Content = new MemoryStream(content, writable: false) };
    }
}
