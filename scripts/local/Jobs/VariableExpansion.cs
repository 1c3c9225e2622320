using System.Text.RegularExpressions;

namespace Klever.Local.Jobs;

/// <summary><c>$(NAME)</c> in commands, arguments and values of variables (core/v1 Container): unknown names stay as they are,
/// <c>$$(NAME)</c> is a literal.</summary>
internal static partial class VariableExpansion
{
    public static string Expand(string text, IReadOnlyDictionary<string, string> variables) => Reference().Replace(
        text,
        match => match switch
        {
            _ when match.Value == "$$" => "$",
            _ => variables.TryGetValue(match.Groups["name"].Value, out var value) ? value : match.Value,
        });

    [GeneratedRegex(@"\$\$|\$\((?<name>[-._A-Za-z][-._A-Za-z0-9]*)\)")]
    private static partial Regex Reference();
}
