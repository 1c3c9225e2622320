using System.Globalization;
using System.Text.RegularExpressions;

namespace Klever.Local.Tests.Knative.Rules;

/// <summary>Durations as Go writes them, such as <c>1m30s</c>.</summary>
internal static partial class GoDuration
{
    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = TimeSpan.Zero;
        var match = Pattern().Match(text);
        if (!match.Success)
        {
            return false;
        }

        foreach (var (number, unit) in match.Groups["number"].Captures.Zip(match.Groups["unit"].Captures))
        {
            var value = double.Parse(number.Value, CultureInfo.InvariantCulture);
            duration += unit.Value switch
            {
                "h" => TimeSpan.FromHours(value),
                "m" => TimeSpan.FromMinutes(value),
                "s" => TimeSpan.FromSeconds(value),
                _ => TimeSpan.FromMilliseconds(value),
            };
        }

        return true;
    }

    [GeneratedRegex(@"^(?:(?<number>\d+(?:\.\d+)?)(?<unit>ms|h|m|s))+$", RegexOptions.ExplicitCapture)]
    private static partial Regex Pattern();
}
