using Klever.Formats;
using Klever.Models;

namespace Klever.Conversion;

/// <summary>Finds and reads the files of a source model by the rules of its format.</summary>
internal static class SourceFiles
{
    /// <returns>The path of the one file.</returns>
    /// <exception cref="ModelReadException">There is none, or more than one.</exception>
    public static string Find(ConversionRequest request, ModelFormat format, FileRule rule)
    {
        var paths = ModelDirectoryFiles.List(request.SourceDirectory)
            .Select(path => path[SignatureExtractor.ModelDirectory.Length..]).ToList();
        return format.Problem(paths) is { } problem
            ? throw ModelReadException.NotTheFormat(format, file: null, problem)
            : request.SourceFile(paths.Single(rule.Matches));
    }

    public static T Read<T>(ConversionRequest request, ModelFormat format, string path, Func<ModelFile, T> read)
    {
        using var content = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1);
        var name = SignatureExtractor.ModelDirectory + Path.GetFileName(path);
        return read(new ModelFile(format, name, content.Length, content, request.Limits));
    }
}
