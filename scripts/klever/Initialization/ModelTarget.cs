using System.Text.RegularExpressions;
using Klever.CommandLine.Initialization.Layouts;
using Klever.Models;

namespace Klever.CommandLine.Initialization;

/// <summary>The directory of a model and the name that the model has in its server.</summary>
internal sealed partial record ModelTarget(string Directory, string Name)
{
    /// <param name="destination">The directory of the model, when it bears the name; else the one above it, as
    /// servers with a repository have it. For layouts without a server it is taken as it is.</param>
    /// <exception cref="UsageException">The name cannot be that of a directory.</exception>
    public static ModelTarget Resolve(string destination, Layout layout, string? name)
    {
        var directory = Path.TrimEndingDirectorySeparator(Path.GetFullPath(destination));
        var last = Path.GetFileName(directory);
        name ??= last;
        if (layout.IsForAServer && !NamePattern().IsMatch(name))
        {
            throw new UsageException(
                $"\"{Excerpt.Of(name)}\" cannot name a model; "
                + "give --name with letters, digits, and . _ - after the first.");
        }

        return new ModelTarget(!layout.IsForAServer || name == last ? directory : Path.Combine(directory, name), name);
    }

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._-]{0,252}\z")]
    private static partial Regex NamePattern();
}
