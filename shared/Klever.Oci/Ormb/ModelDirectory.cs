using Klever.Models;

namespace Klever.Oci.Ormb;

/// <summary>A directory in ORMB layout that was checked: <c>model/</c> with the files of one format, and its description.</summary>
public sealed class ModelDirectory : ModelContent
{
    private const string FilesDirectory = "model";

    private ModelDirectory(string path, IReadOnlyList<ModelContentFile> files, OrmbFile declared, ModelFormat? format)
        : base(path, files, declared, format) => Path = path;

    public string Path { get; }

    /// <param name="path">The directory that holds <c>model/</c> and perhaps <c>ormbfile.yaml</c>.</param>
    /// <param name="format">The format, when neither the ormbfile nor the names of the files are to decide.</param>
    /// <param name="limits">How many files there may be, and how long their paths.</param>
    /// <exception cref="ModelDirectoryException">It is not in ORMB layout, holds links, or lacks files of its format.</exception>
    /// <exception cref="OrmbFileException">Its <c>ormbfile.yaml</c> cannot be read.</exception>
    public static ModelDirectory Open(string path, ModelFormat? format = null, ModelLayerLimits? limits = null)
    {
        var files = ModelDirectoryListing.List(path, System.IO.Path.Combine(path, FilesDirectory), limits ?? ModelLayerLimits.Default);
        return new ModelDirectory(path, files, ReadOrmbFile(path), format);
    }

    private static OrmbFile ReadOrmbFile(string path)
    {
        var file = new FileInfo(System.IO.Path.Combine(path, OrmbFile.FileName));
        return !file.Exists ? OrmbFile.Empty
            : file.Length > OrmbFile.MaximumSize
                ? throw new ModelDirectoryException($"{file.FullName} has {file.Length} bytes; at most {OrmbFile.MaximumSize} are read.")
                : OrmbFile.FromYaml(File.ReadAllText(file.FullName));
    }
}
