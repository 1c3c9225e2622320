namespace Klever.Testing;

/// <summary>A directory that lives as long as the test that made it.</summary>
public sealed class TemporaryDirectory : IDisposable
{
    public TemporaryDirectory() => Path = Directory.CreateTempSubdirectory("klever-test-").FullName;

    public string Path { get; }

    public string Combine(params string[] segments) => System.IO.Path.Combine([Path, .. segments]);

    /// <summary>Writes a file below the directory, its folders included, and gives its full path.</summary>
    public string Write(string relativePath, ReadOnlySpan<byte> content)
    {
        var path = Combine(relativePath.Split('/'));
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
        return path;
    }

    public string Write(string relativePath, string content) =>
        Write(relativePath, System.Text.Encoding.UTF8.GetBytes(content));

    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
        }
    }
}
