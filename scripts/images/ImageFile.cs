namespace Klever.Images;

/// <summary>A file of an image: where it goes, and what is in it.</summary>
/// <param name="Path">Absolute, such as <c>/usr/local/bin/klever</c>.</param>
internal sealed record ImageFile(string Path, Func<Stream> Open, bool IsExecutable = false)
{
    /// <summary>A directory that everyone may write to, such as <c>/tmp</c>: the one thing that is no file.</summary>
    public bool IsSharedDirectory { get; init; }

    public static ImageFile Of(string path, FileInfo file, bool isExecutable = false) => new(path, file.OpenRead, isExecutable);

    public static ImageFile Of(string path, byte[] content) => new(path, () => new MemoryStream(content, writable: false));

    public static ImageFile SharedDirectory(string path) => new(path, () => Stream.Null) { IsSharedDirectory = true };
}
