using Klever.Oci.Ormb.Tar;

namespace Klever.Oci.Ormb;

/// <summary>Lists what of a directory goes into a layer: regular files, as ormb does. Links are refused: what they point at
/// may lie outside, and leaving them out in silence would push half a model.</summary>
internal static class ModelDirectoryListing
{
    private static readonly EnumerationOptions Options = new()
    {
        RecurseSubdirectories = true,
        AttributesToSkip = 0,
        IgnoreInaccessible = false,
    };

    public static IReadOnlyList<ModelContentFile> List(string root, string modelDirectory, ModelLayerLimits limits)
    {
        if (!Directory.Exists(modelDirectory))
        {
            throw new ModelDirectoryException(
                $"{root} has no directory \"model\"; expected model/ with the files, and {Models.OrmbFile.FileName} beside it.");
        }

        RefuseLink(new DirectoryInfo(modelDirectory));
        var files = new List<ModelContentFile>();
        foreach (var entry in new DirectoryInfo(modelDirectory).EnumerateFileSystemInfos("*", Options))
        {
            RefuseLink(entry);
            if (entry is FileInfo file)
            {
                files.Add(Describe(root, file, limits));
            }

            if (files.Count > limits.MaximumEntries)
            {
                throw new ModelDirectoryException($"{modelDirectory} holds more than {limits.MaximumEntries} files.");
            }
        }

        return files.Count > 0 ? files : throw new ModelDirectoryException($"{modelDirectory} holds no files.");
    }

    private static ModelContentFile Describe(string root, FileInfo file, ModelLayerLimits limits)
    {
        var path = Path.GetRelativePath(root, file.FullName);
        path = Path.DirectorySeparatorChar == '\\' ? path.Replace('\\', '/') : path;
        try
        {
            EntryPath.Check(path, limits);
        }
        catch (ModelLayerException exception)
        {
            throw new ModelDirectoryException($"{file.FullName} cannot be packed, because nobody would unpack it: {exception.Message}.");
        }

        var (fullName, length) = (file.FullName, file.Length);
        return new ModelContentFile(path, length, () => Open(fullName, length));
    }

    private static FileStream Open(string path, long length)
    {
        var content = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        if (content.Length == length)
        {
            return content;
        }

        content.Dispose();
        throw new ModelDirectoryException($"{path} changed while it was packed: it had {length} bytes before.");
    }

    private static void RefuseLink(FileSystemInfo entry)
    {
        if (entry.LinkTarget is { } target)
        {
            throw new ModelDirectoryException(
                $"{entry.FullName} is a link to {target}; put the file itself there, links are not packed.");
        }
    }
}
