using Klever.Models;
using Klever.Oci.Ormb.Tar;

namespace Klever.Oci.Ormb.Archives;

/// <summary>Where the files of an archive belong in a model. People send <c>model/</c> with or without <c>ormbfile.yaml</c>, or just
/// the files, and any of it inside one folder of any name.</summary>
public sealed class ArchiveLayout
{
    private const string ModelFolder = "model";

    private ArchiveLayout(ArchiveEntry? ormbFile, IReadOnlyList<ModelContentFile> files) => (OrmbFile, Files) = (ormbFile, files);

    /// <summary>The <c>ormbfile.yaml</c>; null when there is none.</summary>
    public ArchiveEntry? OrmbFile { get; }

    public IReadOnlyList<ModelContentFile> Files { get; }

    /// <exception cref="ArchiveException">It holds no files, several root folders, or files that belong nowhere.</exception>
    public static ArchiveLayout Of(IReadOnlyList<ArchiveEntry> entries)
    {
        var files = entries.Where(entry => !IsLitter(entry.Path)).ToList();
        if (RootFolder(files) is { } root and not ModelFolder)
        {
            files = Below(root, files);
        }

        var ormbFile = files.Find(file => file.Path == Models.OrmbFile.FileName);
        var content = files.Where(file => file != ormbFile).ToList();
        return content.Count > 0
            ? new ArchiveLayout(ormbFile, [.. Content(content, ormbFile).Select(Placed)])
            : throw new ArchiveException(ModelLayerProblem.Damaged, "holds no files of a model");
    }

    // One folder deeper a path may be too long.
    private static ModelContentFile Placed(ArchiveEntry file)
    {
        var path = $"{ModelFolder}/{file.Path}";
        try
        {
            return new ModelContentFile(EntryPath.Check(path, ModelLayerLimits.Default) ?? path, file.Length, file.Open);
        }
        catch (ModelLayerException exception)
        {
            throw ArchiveException.From(exception);
        }
    }

    // Paths below model/.
    private static List<ArchiveEntry> Content(List<ArchiveEntry> files, ArchiveEntry? ormbFile)
    {
        if (files.Exists(IsBelowModel))
        {
            return files.Find(file => !IsBelowModel(file)) is { } stray
                ? throw new ArchiveException(
                    ModelLayerProblem.UnsafePath, $"is beside {ModelFolder}/; put it into {ModelFolder}/ or leave it out", stray.Path)
                : Below(ModelFolder, files);
        }

        if (ormbFile is not null && RootFolder(files) is { } folder)
        {
            return Below(folder, files);
        }

        var folders = files.Select(file => file.Path.Split('/')[0]).Distinct().Take(2).ToList();
        return files.Exists(file => !file.Path.Contains('/'))
            ? files
            : throw new ArchiveException(
                ModelLayerProblem.Duplicate, $"has several root folders, such as \"{Excerpt.Of(folders[0])}\" and \"{Excerpt.Of(folders[1])}\"; put them into one");
    }

    private static bool IsBelowModel(ArchiveEntry file) => file.Path.StartsWith(ModelFolder + "/", StringComparison.Ordinal);

    // What file managers add without being asked.
    private static bool IsLitter(string path) =>
        path.StartsWith("__MACOSX/", StringComparison.Ordinal) || path.Split('/')[^1] is ".DS_Store" or "Thumbs.db";

    private static string? RootFolder(List<ArchiveEntry> files)
    {
        var folders = files.Select(file => file.Path.IndexOf('/') is > 0 and var slash ? file.Path[..slash] : null).Distinct().Take(2).ToList();
        return folders.Count == 1 ? folders[0] : null;
    }

    private static List<ArchiveEntry> Below(string folder, List<ArchiveEntry> files) =>
        [.. files.Select(file => file with { Path = file.Path[(folder.Length + 1)..] })];
}
