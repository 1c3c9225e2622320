namespace Klever.Formats;

/// <summary>The files of a model directory, in the order in which an archive of it would hold them.</summary>
public static class ModelDirectoryFiles
{
    /// <returns>Paths relative to <paramref name="directory"/>, with forward slashes, sorted by ordinal; no links.</returns>
    /// <exception cref="DirectoryNotFoundException">There is no <c>model</c> directory in it.</exception>
    public static IReadOnlyList<string> List(string directory)
    {
        var model = Path.Combine(directory, "model");
        if (!Directory.Exists(model))
        {
            throw new DirectoryNotFoundException(
                $"{directory} has no directory \"model\"; expected the ORMB layout: model/ with the files, and ormbfile.yaml beside it.");
        }

        var options = new EnumerationOptions
        {
            RecurseSubdirectories = true,
            AttributesToSkip = FileAttributes.ReparsePoint,
            IgnoreInaccessible = false,
        };
        var paths = Directory.EnumerateFiles(model, "*", options)
            .Take(SignatureExtractor.MaximumFiles + 1)
            .Select(path => Path.GetRelativePath(directory, path).Replace('\\', '/'))
            .ToList();
        paths.Sort(StringComparer.Ordinal);
        return paths;
    }
}
