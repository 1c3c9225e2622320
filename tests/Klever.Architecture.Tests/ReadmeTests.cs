using System.Text.RegularExpressions;
using Klever.Models;
using Klever.Testing;

namespace Klever.Architecture.Tests;

public partial class ReadmeTests
{
    [Fact]
    public void FormatsTable_IsTheTableOfTheCode()
    {
        var readme = File.ReadAllText(Path.Combine(SharedFolder.Repository, "README.md"));
        var rows = FormatRow().Matches(readme).Select(row => (row.Groups["name"].Value, row.Groups["files"].Value, row.Groups["read"].Value));

        var expected = ModelFormat.All.Select(format => (format.Name, Files(format), format.IsExtractable ? "yes" : ""));

        Assert.Equal(expected, rows);
    }

    [Fact]
    public void Links_LeadSomewhere()
    {
        var broken = from file in Directory.EnumerateFiles(SharedFolder.Repository, "README.md", SearchOption.AllDirectories)
                     where !file.Contains("/bin/") && !file.Contains("/obj/")
                     from Match link in Link().Matches(File.ReadAllText(file))
                     let target = link.Groups[1].Value
                     where !target.Contains("://")
                     where !Path.Exists(Path.Combine(Path.GetDirectoryName(file)!, target))
                     select $"{Path.GetRelativePath(SharedFolder.Repository, file)} -> {target}";

        Assert.Empty(broken);
    }

    [Theory]
    [InlineData("*.md")]
    [InlineData("*.yaml")]
    [InlineData("*.json")]
    public void Text_HasNoLeftoversOfAMerge(string pattern)
    {
        var unfinished = Directory.EnumerateFiles(SharedFolder.Repository, pattern, SearchOption.AllDirectories)
            .Where(file => !file.Contains("/bin/") && !file.Contains("/obj/") && !file.Contains("/artifacts/"))
            .Where(file => File.ReadLines(file).Any(line => line.StartsWith("<<<<<<< ", StringComparison.Ordinal)));

        Assert.Empty(unfinished);
    }

    private static string Files(ModelFormat format) => string.Join(", ", format.Requires.Select(
        rule => rule.Alternative is null ? $"`{rule.Pattern}`" : $"`{rule.Pattern}` or `{rule.Alternative}`"));

    [GeneratedRegex(@"^\| (?<name>\w+) \| ?(?<files>[^|]*?) ?\| ?(?<read>yes)? ?\| ?[^|]*\|$", RegexOptions.Multiline)]
    private static partial Regex FormatRow();

    [GeneratedRegex(@"\]\(([^)#\s]+)[^)]*\)")]
    private static partial Regex Link();
}
