using Klever.Models;

namespace Klever.CommandLine.Initialization.Layouts;

/// <summary>Finds the one file that a server loads, among those that lie beside it.</summary>
internal static class MainFile
{
    private const int MaximumListed = 5;

    /// <param name="rule">Which files may be it.</param>
    /// <param name="preferred">Which one it is when there are several.</param>
    /// <exception cref="LayoutException">There is none, or no telling which.</exception>
    public static ModelFile Find(LayoutInput input, FileRule rule, string? preferred = null)
    {
        var found = input.Files.Where(f => rule.Matches(f.Path)).ToList();
        return found.Count switch
        {
            1 => found[0],
            0 => throw LayoutException.NotTheFormat(
                $"a {input.Format} model needs {rule} in model/, and there is none."),
            _ => found.Find(f => f.Path == preferred) ?? throw LayoutException.NotTheFormat(
                $"a {input.Format} model needs exactly one {rule} in model/, but there are "
                + string.Join(", ", found.Select(f => f.Path).Order(StringComparer.Ordinal).Take(MaximumListed))
                + (preferred is null ? "." : $"; call the one to serve {preferred}.")),
        };
    }

    /// <summary>The main file under its new path, all others as they are in <paramref name="directory"/>.</summary>
    public static IReadOnlyList<PlannedFile> Place(LayoutInput input, ModelFile main, string directory, string name) =>
        [.. input.Files.Select(f => new PlannedFile(f.Path, directory + (f == main ? name : f.Path)))];

    /// <summary>All files, as they are, in <paramref name="directory"/>.</summary>
    public static IReadOnlyList<PlannedFile> PlaceAll(LayoutInput input, string directory = "") =>
        [.. input.Files.Select(f => new PlannedFile(f.Path, directory + f.Path))];
}
