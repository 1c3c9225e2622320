using System.Text.RegularExpressions;
using Klever.Testing;

namespace Klever.Architecture.Tests;

public partial class SourceTests
{
    private const int MaximumLines = 300;

    private static readonly string[] VagueNames = ["Common", "Util", "Utils", "Helpers", "Manager", "Base", "Impl"];

    public static IEnumerable<string> Files =>
        from area in new[] { "functions", "shared", "scripts", "tests" }
        from path in Directory.EnumerateFiles(Path.Combine(SharedFolder.Repository, area), "*.cs", SearchOption.AllDirectories)
        let relative = Path.GetRelativePath(SharedFolder.Repository, path).Replace('\\', '/')
        where !relative.Contains("/obj/") && !relative.Contains("/bin/")
        select relative;

    [Fact]
    public void Files_StayShort()
    {
        var tooLong = Files.Where(file => File.ReadLines(Path.Combine(SharedFolder.Repository, file)).Count() > MaximumLines);

        Assert.Empty(tooLong);
    }

    [Fact]
    public void Names_SayWhatIsInside()
    {
        var vague = Files.Where(file => file.Split('/')
            .Select(part => Path.GetFileNameWithoutExtension(part))
            .Any(part => VagueNames.Any(name => part == name || part.EndsWith(name, StringComparison.Ordinal))));

        Assert.Empty(vague);
    }

    [Fact]
    public void Sources_AreFinished()
    {
        string[] marks = ["TO" + "DO", "FIX" + "ME", "NotImplemented" + "Exception"];

        var unfinished = Files.Where(file => marks.Any(File.ReadAllText(Path.Combine(SharedFolder.Repository, file)).Contains));

        Assert.Empty(unfinished);
    }

    [Fact]
    public void IdsOfLogMessages_AreUsedOnce()
    {
        var shared = Files.SelectMany(file => EventId().Matches(File.ReadAllText(Path.Combine(SharedFolder.Repository, file))))
            .GroupBy(match => match.Groups[1].Value)
            .Where(uses => uses.Count() > 1)
            .Select(uses => uses.Key);

        Assert.Empty(shared);
    }

    [GeneratedRegex("\\[LoggerMessage\\(EventId = ([0-9]+)")]
    private static partial Regex EventId();
}
