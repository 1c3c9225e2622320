using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Klever.Local.Cluster.Objects;

namespace Klever.Local.Cluster.Selection;

/// <summary>Label selectors: the text of a query, and the JSON of a spec (meta/v1 LabelSelector).</summary>
internal static partial class LabelSelector
{
    public static IReadOnlyList<Requirement> Parse(string text)
    {
        var requirements = new List<Requirement>();
        foreach (var term in Terms(text))
        {
            var match = Term().Match(term);
            if (!match.Success)
            {
                throw ApiErrors.BadRequest($"unable to parse requirement: found '{term}', expected: !, identifier, or 'end of string'");
            }

            requirements.Add(ToRequirement(match));
        }

        return requirements;
    }

    /// <summary>The text form of matchLabels and matchExpressions.</summary>
    public static string Format(JsonNode? selector)
    {
        var terms = selector.Map("matchLabels").Select(l => $"{l.Key}={l.Value}");
        return string.Join(',', terms.Concat(selector.Objects("matchExpressions").Select(Format)));
    }

    private static string Format(JsonObject expression)
    {
        var key = expression.Text("key");
        var values = string.Join(',', expression.Texts("values"));
        return expression.Text("operator") switch
        {
            "In" => $"{key} in ({values})",
            "NotIn" => $"{key} notin ({values})",
            "Exists" => key!,
            _ => $"!{key}",
        };
    }

    private static Requirement ToRequirement(Match match)
    {
        var key = match.Groups["key"].Value;
        if (match.Groups["set"].Success)
        {
            var values = match.Groups["values"].Value.Split(',', StringSplitOptions.TrimEntries);
            return new Requirement(key, match.Groups["set"].Value, values);
        }

        return match.Groups["op"].Value switch
        {
            "=" or "==" => new Requirement(key, "in", [match.Groups["value"].Value]),
            "!=" => new Requirement(key, "notin", [match.Groups["value"].Value]),
            _ => new Requirement(key, match.Groups["absent"].Success ? "!" : "exists", []),
        };
    }

    /// <summary>Cuts at the commas that are not within brackets.</summary>
    private static IEnumerable<string> Terms(string text)
    {
        var (start, depth) = (0, 0);
        for (var index = 0; index <= text.Length; index++)
        {
            if (index == text.Length || (text[index] == ',' && depth == 0))
            {
                var term = text[start..index].Trim();
                start = index + 1;
                if (term.Length > 0)
                {
                    yield return term;
                }
            }
            else
            {
                depth += text[index] switch { '(' => 1, ')' => -1, _ => 0 };
            }
        }
    }

    [GeneratedRegex(@"\A(?<absent>!\s*)?(?<key>[A-Za-z0-9][-A-Za-z0-9_./]*)(\s*(?<op>==|=|!=)\s*(?<value>[-A-Za-z0-9_.]*)|\s+(?<set>in|notin)\s*\((?<values>[^()]*)\))?\z")]
    private static partial Regex Term();
}
