using System.Text.RegularExpressions;

namespace Klever.Local.Seldon;

/// <summary>Expressions that a whole value must match. Istio and the Gateway API mean RE2, which never backtracks either.</summary>
internal static class ValueRule
{
    public static bool IsMatch(string expression, string value)
    {
        try
        {
            return Regex.IsMatch(value, $@"\A(?:{expression})\z", RegexOptions.NonBacktracking);
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            // A gateway would not have taken this rule.
            return false;
        }
    }
}
