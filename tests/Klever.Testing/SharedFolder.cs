namespace Klever.Testing;

/// <summary>The folder <c>shared</c> beside the checkout, with real models and schemas that are not part of the project.
/// Tests that use it skip, and say so, where it is missing.</summary>
public static class SharedFolder
{
    /// <summary>The root of the checkout: the directory that holds the solution.</summary>
    public static string Repository { get; } = FindRepository();

    /// <summary>A path below the shared folder; skips the running test when it is not there.</summary>
    public static string Require(params string[] segments)
    {
        var path = Path.Combine([Repository, "..", "shared", .. segments]);
        Assert.SkipUnless(Path.Exists(path), $"shared/{string.Join('/', segments)} is not beside this checkout");
        return Path.GetFullPath(path);
    }

    /// <summary>Names of the directories below a path of the shared folder; none when it is missing.</summary>
    public static IReadOnlyList<string> Cases(params string[] segments)
    {
        var path = Path.Combine([Repository, "..", "shared", .. segments]);
        return Directory.Exists(path)
            ? [.. Directory.GetDirectories(path).Select(d => Path.GetFileName(d)!).Order(StringComparer.Ordinal)]
            : [];
    }

    private static string FindRepository()
    {
        var directory = AppContext.BaseDirectory;
        while (directory is not null && !File.Exists(Path.Combine(directory, "Klever.Functions.sln")))
        {
            directory = Path.GetDirectoryName(directory);
        }

        return directory ?? throw new DirectoryNotFoundException("Klever.Functions.sln is not above " + AppContext.BaseDirectory);
    }
}
