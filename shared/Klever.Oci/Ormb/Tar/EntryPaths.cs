namespace Klever.Oci.Ormb.Tar;

/// <summary>The paths of an archive so far: finds those that would write over each other.</summary>
internal sealed class EntryPaths(ModelLayerLimits limits)
{
    private readonly HashSet<string> _files = new(StringComparer.Ordinal);
    private readonly HashSet<string> _directories = new(StringComparer.Ordinal);
    private long _characters;

    public void Add(string path, bool isDirectory)
    {
        for (var slash = path.IndexOf('/'); slash >= 0; slash = path.IndexOf('/', slash + 1))
        {
            AddDirectory(path[..slash], path);
        }

        if (isDirectory)
        {
            AddDirectory(path, path);
            return;
        }

        if (_directories.Contains(path) || !_files.Add(path))
        {
            throw new ModelLayerException(ModelLayerProblem.Duplicate, "is there twice", path);
        }

        Count(path);
    }

    private void AddDirectory(string directory, string path)
    {
        if (_files.Contains(directory))
        {
            throw new ModelLayerException(
                ModelLayerProblem.Duplicate, $"needs a directory where the archive has the file {directory}", path);
        }

        if (_directories.Add(directory))
        {
            Count(directory);
        }
    }

    private void Count(string path)
    {
        _characters += path.Length;
        if (_characters > limits.MaximumTotalPathCharacters)
        {
            throw new ModelLayerException(
                ModelLayerProblem.LimitExceeded, $"has paths of more than {limits.MaximumTotalPathCharacters} characters together");
        }
    }
}
