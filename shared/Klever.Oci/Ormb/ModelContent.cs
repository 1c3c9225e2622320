using System.Text.Json.Nodes;
using Klever.Models;

namespace Klever.Oci.Ormb;

/// <summary>A model to pack: the files of one format, checked, and its description.</summary>
public class ModelContent
{
    private const string FilesDirectory = "model/";
    private const int MaximumListedFiles = 10_000;

    // The list is part of the description, which has a limit of its own.
    private const int MaximumListedCharacters = 1024 * 1024;

    /// <param name="place">What messages name: a directory, an archive.</param>
    /// <param name="files">In any order.</param>
    /// <param name="declared">The <c>ormbfile.yaml</c>, or an empty one.</param>
    /// <param name="format">The format, when neither the ormbfile nor the names of the files are to decide.</param>
    /// <exception cref="ModelDirectoryException">The format is unknown, or files of it are missing.</exception>
    public ModelContent(string place, IEnumerable<ModelContentFile> files, OrmbFile declared, ModelFormat? format = null)
    {
        Files = [.. files.OrderBy(file => file.Path, StringComparer.Ordinal)];
        var names = Files.Select(file => file.Path[FilesDirectory.Length..]).ToList();
        Format = format ?? DeclaredFormat(place, declared) ?? FormatInference.Infer(names)
            ?? throw new ModelDirectoryException(
                $"{place}: the files of model/ are of no known format; declare \"format\" in {OrmbFile.FileName}.");
        if (Format.Problem(names) is { } problem)
        {
            throw new ModelDirectoryException($"{place}: {problem}.");
        }

        OrmbFile = Complete(declared, Format, Files);
    }

    /// <summary>What the artifact's config will hold: the <c>ormbfile.yaml</c>, with format, framework and the list of files filled in.</summary>
    public OrmbFile OrmbFile { get; }

    public ModelFormat Format { get; }

    /// <summary>All files in the order of the layer: by ordinal of their path.</summary>
    public IReadOnlyList<ModelContentFile> Files { get; }

    /// <summary>Bytes of all files together.</summary>
    public long Length => Files.Sum(file => file.Length);

    private static ModelFormat? DeclaredFormat(string place, OrmbFile ormbFile) =>
        string.IsNullOrEmpty(ormbFile.FormatName) ? null
        : ormbFile.Format ?? throw new ModelDirectoryException(
            $"{place}: {OrmbFile.FileName} declares the format \"{Excerpt.Of(ormbFile.FormatName)}\"; "
            + $"known are {string.Join(", ", ModelFormat.All)}.");

    private static OrmbFile Complete(OrmbFile ormbFile, ModelFormat format, IReadOnlyList<ModelContentFile> files)
    {
        var completed = ormbFile.WithFormat(format);
        completed = string.IsNullOrEmpty(completed.Framework) ? completed.WithFramework(format.Framework) : completed;
        return files.Count > MaximumListedFiles || files.Sum(file => (long)file.Path.Length) > MaximumListedCharacters
            ? completed.With("directoryStructure", null)
            : completed.With("directoryStructure", new JsonArray([.. files.Select(file => JsonValue.Create(file.Path))]));
    }
}
