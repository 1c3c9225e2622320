using System.Text.RegularExpressions;
using Klever.Models;

namespace Klever.Functions.Cluster;

/// <summary>The <c>filterBy</c> of Klever Model Registry: <c>key=value</c> or <c>key:value</c>, several with commas, all of which must
/// hold.</summary>
internal static partial class LabelFilter
{
    private const int MaximumPairs = 16;

    /// <returns>A label selector; null for no filter.</returns>
    /// <exception cref="BadHttpRequestException">It is not such pairs; the message shows one.</exception>
    public static string? Parse(string? filterBy)
    {
        if (string.IsNullOrWhiteSpace(filterBy))
        {
            return null;
        }

        var pairs = filterBy.Split(',', StringSplitOptions.TrimEntries);
        return pairs.Length <= MaximumPairs
            ? string.Join(',', pairs.Select(Selector))
            : throw new BadHttpRequestException($"filterBy has {pairs.Length} pairs; at most {MaximumPairs} are looked at.");
    }

    private static string Selector(string pair) => PairPattern().Match(pair) is { Success: true } match
        ? $"{match.Groups["key"]}={match.Groups["value"]}"
        : throw new BadHttpRequestException(
            $"filterBy is label pairs such as job-name=x or seldon-app:y, with commas between; \"{Excerpt.Of(pair)}\" is none.");

    // Labels and selectors, "Syntax and character set": an optional DNS prefix, and names of up to 63 characters.
    [GeneratedRegex(
        @"\A(?<key>(?:[a-z0-9][a-z0-9.-]{0,252}/)?[A-Za-z0-9](?:[A-Za-z0-9_.-]{0,62}))(?:==?|:)(?<value>[A-Za-z0-9_.-]{0,63})\z")]
    private static partial Regex PairPattern();
}
