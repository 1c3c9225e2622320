using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;

namespace Klever.Local.Cluster.Schemas;

/// <summary>A rule in the part of the Common Expression Language that schemas of custom resources commonly use: literals, lists,
/// <c>self</c>, <c>oldSelf</c>, members, <c>has</c>, <c>size</c>, string tests, <c>all</c>, <c>exists</c>, comparisons, arithmetic
/// <c>+</c> and <c>-</c>, <c>in</c>, logic and <c>?:</c>.</summary>
public sealed class CelExpression
{
    private readonly CelNode _root;

    private CelExpression(CelNode root) => _root = root;

    /// <summary>False when the text uses anything beyond that part.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out CelExpression? expression)
    {
        try
        {
            expression = new CelExpression(new CelParser(CelTokens.Split(text)).ParseAll());
            return true;
        }
        catch (FormatException)
        {
            expression = null;
            return false;
        }
    }

    /// <summary>Whether the rule holds. A rule that fails to evaluate, for example on a missing member, does not hold.</summary>
    public bool Holds(JsonNode? self, JsonNode? oldSelf)
    {
        var scope = new Dictionary<string, object?> { ["self"] = CelValues.From(self), ["oldSelf"] = CelValues.From(oldSelf) };
        try
        {
            return _root(scope) is true;
        }
        catch (CelEvaluationException)
        {
            return false;
        }
    }
}
