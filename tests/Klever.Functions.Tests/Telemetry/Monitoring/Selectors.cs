using System.Text.RegularExpressions;

namespace Klever.Functions.Tests.Telemetry.Monitoring;

/// <summary>The names in an expression of Prometheus: which series it selects, and by which labels it tells them apart.</summary>
internal static partial class Selectors
{
    public static IEnumerable<string> Metrics(string expression) =>
        Metric().Matches(expression).Select(match => match.Groups["name"].Value).Distinct();

    /// <summary>In matchers, and in what is summed by.</summary>
    public static IEnumerable<string> Labels(string expression) => Matcher().Matches(expression)
        .Concat(Grouping().Matches(expression).SelectMany(match => Word().Matches(match.Groups["names"].Value)))
        .Select(match => match.Groups["name"].Value).Distinct();

    /// <summary>In the legend of a dashboard, and in the texts of an alert.</summary>
    public static IEnumerable<string> Placeholders(string text) =>
        Placeholder().Matches(text).Select(match => match.Groups["name"].Value).Distinct();

    [GeneratedRegex(@"(?<![\w$])(?<name>[a-z][a-z_:0-9]{12,})(?=[{\[)]| offset)(?<!by \([^)]*)")]
    private static partial Regex Metric();

    [GeneratedRegex("""(?<name>\w+)(=~|!~|!=|=)["`]""")]
    private static partial Regex Matcher();

    [GeneratedRegex(@"by \((?<names>[^)]*)\)")]
    private static partial Regex Grouping();

    [GeneratedRegex(@"(?<name>\w+)")]
    private static partial Regex Word();

    [GeneratedRegex(@"\{\{\s*(\$labels\.)?(?<name>\w+)\s*\}\}")]
    private static partial Regex Placeholder();
}
