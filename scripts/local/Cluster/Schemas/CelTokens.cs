using System.Text.RegularExpressions;

namespace Klever.Local.Cluster.Schemas;

/// <summary>Cuts an expression into words, numbers, quoted strings and operators.</summary>
internal static partial class CelTokens
{
    /// <summary>Characters of a rule at most.</summary>
    private const int MaximumLength = 4096;

    public static IReadOnlyList<string> Split(string text)
    {
        if (text.Length > MaximumLength)
        {
            throw new FormatException($"a rule has at most {MaximumLength} characters");
        }

        var tokens = new List<string>();
        var position = 0;
        while (position < text.Length)
        {
            var match = Token().Match(text, position);
            if (!match.Success)
            {
                throw new FormatException($"unexpected character at {position} of the rule");
            }

            position += match.Length;
            if (!string.IsNullOrWhiteSpace(match.Value))
            {
                tokens.Add(match.Value);
            }
        }

        return tokens;
    }

    [GeneratedRegex("""\G(\s+|[A-Za-z_][A-Za-z0-9_]*|[0-9]+(\.[0-9]+)?|'([^'\\]|\\.)*'|"([^"\\]|\\.)*"|&&|\|\||==|!=|<=|>=|[-+!<>?:.,()\[\]])""")]
    private static partial Regex Token();
}
