using System.Text;

namespace Klever.Oci.Ormb.Tar;

/// <summary>Decides whether a path of an archive may be written below a directory, on any system.</summary>
internal static class EntryPath
{
    private const string ModelDirectory = "model";
    private const int MaximumSegmentBytes = 255;
    private const int MaximumSegments = 64;

    /// <summary>The path without a leading <c>./</c> and a trailing slash; null for the archive's root itself.</summary>
    /// <param name="name">As the archive has it.</param>
    /// <param name="limits">How long it may be.</param>
    /// <param name="isAnywhere">Whether it may be outside <c>model/</c>, as in an archive that is not packed as a layer yet.</param>
    /// <exception cref="ModelLayerException">The path is not below <c>model/</c>, or systems would read it differently.</exception>
    public static string? Check(string name, ModelLayerLimits limits, bool isAnywhere = false)
    {
        var path = name;
        while (path.StartsWith("./", StringComparison.Ordinal))
        {
            path = path[2..];
        }

        path = path.EndsWith('/') ? path[..^1] : path;
        if (path is "." || (path is "" && name is "./"))
        {
            return null;
        }

        if (Problem(path, limits, isAnywhere) is { } problem)
        {
            throw new ModelLayerException(ModelLayerProblem.UnsafePath, problem, name);
        }

        return path;
    }

    private static string? Problem(string path, ModelLayerLimits limits, bool isAnywhere)
    {
        if (path.Length == 0 || path[0] == '/')
        {
            return path.Length == 0 ? "has no path" : "has an absolute path";
        }

        if (Encoding.UTF8.GetByteCount(path) > limits.MaximumPathBytes)
        {
            return $"has a path of more than {limits.MaximumPathBytes} bytes";
        }

        if (path.Contains('\\'))
        {
            return "has a backslash in its path, which some systems take for a separator";
        }

        if (path.Any(char.IsControl))
        {
            return "has a control character in its path";
        }

        var segments = path.Split('/');
        if (segments.Length > MaximumSegments)
        {
            return $"has a path of more than {MaximumSegments} segments";
        }

        return segments.Select(SegmentProblem).FirstOrDefault(problem => problem is not null)
            ?? (isAnywhere || segments[0] == ModelDirectory ? null : "is not below model/, where the files of a model belong");
    }

    private static string? SegmentProblem(string segment) => segment switch
    {
        ".." => "has \"..\" in its path",
        "." or "" => "has an empty segment or \".\" in its path",
        _ when segment.Length >= 2 && segment[1] == ':' && char.IsAsciiLetter(segment[0]) => "has a drive letter in its path",
        _ when Encoding.UTF8.GetByteCount(segment) > MaximumSegmentBytes => $"has a name of more than {MaximumSegmentBytes} bytes",
        _ => null,
    };
}
