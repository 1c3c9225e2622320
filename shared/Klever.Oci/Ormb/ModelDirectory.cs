using System.Text.Json.Nodes;
using Klever.Models;

namespace Klever.Oci.Ormb;

/// <summary>A directory in ORMB layout that was checked: <c>model/</c> with the files of one format, and its description.</summary>
public sealed class ModelDirectory
{
    private const string FilesDirectory = "model";
    private const int MaximumListedFiles = 10_000;

    private ModelDirectory(string path, OrmbFile ormbFile, ModelFormat format, IReadOnlyList<ModelDirectoryFile> files) =>
        (Path, OrmbFile, Format, Files) = (path, ormbFile, format, files);

    public string Path { get; }

    /// <summary>What the artifact's config will hold: the <c>ormbfile.yaml</c>, with format, framework and the list of files filled in.</summary>
    public OrmbFile OrmbFile { get; }

    public ModelFormat Format { get; }

    /// <summary>All files in the order of the archive: by ordinal of their path.</summary>
    public IReadOnlyList<ModelDirectoryFile> Files { get; }

    /// <summary>Bytes of all files together.</summary>
    public long Length => Files.Sum(file => file.Length);

    /// <param name="path">The directory that holds <c>model/</c> and perhaps <c>ormbfile.yaml</c>.</param>
    /// <param name="format">The format, when neither the ormbfile nor the names of the files are to decide.</param>
    /// <exception cref="ModelDirectoryException">It is not in ORMB layout, holds links, or lacks files of its format.</exception>
    /// <exception cref="OrmbFileException">Its <c>ormbfile.yaml</c> cannot be read.</exception>
    public static ModelDirectory Open(string path, ModelFormat? format = null, ModelLayerLimits? limits = null)
    {
        var files = ModelDirectoryListing.List(path, System.IO.Path.Combine(path, FilesDirectory), limits ?? ModelLayerLimits.Default);
        var names = files.Select(file => file.Path[(FilesDirectory.Length + 1)..]).ToList();
        var declared = ReadOrmbFile(path);
        var resolved = format ?? DeclaredFormat(path, declared) ?? FormatInference.Infer(names)
            ?? throw new ModelDirectoryException(
                $"{path}: the files of model/ are of no known format; declare \"format\" in {OrmbFile.FileName}.");
        if (resolved.Problem(names) is { } problem)
        {
            throw new ModelDirectoryException($"{path}: {problem}.");
        }

        return new ModelDirectory(path, Complete(declared, resolved, files), resolved, files);
    }

    private static OrmbFile ReadOrmbFile(string path)
    {
        var file = new FileInfo(System.IO.Path.Combine(path, OrmbFile.FileName));
        return !file.Exists ? OrmbFile.Empty
            : file.Length > OrmbFile.MaximumSize
                ? throw new ModelDirectoryException($"{file.FullName} has {file.Length} bytes; at most {OrmbFile.MaximumSize} are read.")
                : OrmbFile.FromYaml(File.ReadAllText(file.FullName));
    }

    private static ModelFormat? DeclaredFormat(string path, OrmbFile ormbFile) =>
        string.IsNullOrEmpty(ormbFile.FormatName) ? null
        : ormbFile.Format ?? throw new ModelDirectoryException(
            $"{path}: {OrmbFile.FileName} declares the format \"{Excerpt.Of(ormbFile.FormatName)}\"; "
            + $"known are {string.Join(", ", ModelFormat.All)}.");

    private static OrmbFile Complete(OrmbFile ormbFile, ModelFormat format, IReadOnlyList<ModelDirectoryFile> files)
    {
        var completed = ormbFile.WithFormat(format);
        completed = string.IsNullOrEmpty(completed.Framework) ? completed.WithFramework(format.Framework) : completed;
        return files.Count > MaximumListedFiles
            ? completed.With("directoryStructure", null)
            : completed.With("directoryStructure", new JsonArray([.. files.Select(file => JsonValue.Create(file.Path))]));
    }
}
