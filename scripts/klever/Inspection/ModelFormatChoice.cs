using Klever.Models;

namespace Klever.CommandLine.Inspection;

/// <summary>Which format a model is read as: the one asked for, else the declared one, else the one that its files make up.</summary>
internal static class ModelFormatChoice
{
    /// <param name="paths">Paths relative to <c>model/</c>.</param>
    public static ModelFormat Choose(ModelFormat? asked, OrmbFile ormbFile, IReadOnlyCollection<string> paths) =>
        asked ?? Declared(ormbFile) ?? FormatInference.Infer(paths)
        ?? throw new OrmbFileException("the files are of no known format; name one with --format.");

    /// <summary>The declared format; null when none is.</summary>
    public static ModelFormat? Declared(OrmbFile ormbFile) => string.IsNullOrEmpty(ormbFile.FormatName)
        ? null
        : ormbFile.Format ?? throw new OrmbFileException(
            $"the ormbfile declares the format \"{Excerpt.Of(ormbFile.FormatName)}\", which is not a known one; name one with --format.");
}
