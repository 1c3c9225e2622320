using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Klever.Local.Cluster.Schemas;

/// <summary>Values of expressions and what can be done with them.</summary>
internal static class CelValues
{
    private static readonly TimeSpan PatternTimeout = TimeSpan.FromSeconds(1);

    public static object? From(JsonNode? node) => node?.GetValueKind() switch
    {
        JsonValueKind.String => node!.GetValue<string>(),
        JsonValueKind.Number => double.Parse(node!.ToJsonString()),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Array => ((JsonArray)node!).Select(From).ToList(),
        JsonValueKind.Object => node,
        _ => null,
    };

    public static bool AreEqual(object? left, object? right) => (left, right) switch
    {
        (JsonObject a, JsonObject b) => JsonNode.DeepEquals(a, b),
        (List<object?> a, List<object?> b) => a.Count == b.Count && a.Zip(b).All(p => AreEqual(p.First, p.Second)),
        _ => Equals(left, right),
    };

    public static int Compare(object? left, object? right) => (left, right) switch
    {
        (double a, double b) => a.CompareTo(b),
        (string a, string b) => string.CompareOrdinal(a, b),
        _ => throw new CelEvaluationException("only numbers and strings have an order"),
    };

    public static object? Add(object? left, object? right) => (left, right) switch
    {
        (double a, double b) => a + b,
        (string a, string b) => a + b,
        (List<object?> a, List<object?> b) => new List<object?>([.. a, .. b]),
        _ => throw new CelEvaluationException("no such overload of +"),
    };

    public static bool Has(object? container, string member) => container is JsonObject members && members.ContainsKey(member);

    public static object? Member(object? container, string member) => Has(container, member)
        ? From(((JsonObject)container!)[member])
        : throw new CelEvaluationException($"no such key: {member}");

    public static bool Contains(object? container, object? item) => container switch
    {
        List<object?> items => items.Any(i => AreEqual(i, item)),
        JsonObject members => item is string name && members.ContainsKey(name),
        _ => throw new CelEvaluationException("no such overload of in"),
    };

    public static double Size(object? value) => value switch
    {
        string text => text.EnumerateRunes().Count(),
        List<object?> items => items.Count,
        JsonObject members => members.Count,
        _ => throw new CelEvaluationException("no such overload of size"),
    };

    public static bool Test(string function, object? subject, object? argument)
    {
        if (subject is not string text || argument is not string other)
        {
            throw new CelEvaluationException($"{function} works on strings");
        }

        return function switch
        {
            "startsWith" => text.StartsWith(other, StringComparison.Ordinal),
            "endsWith" => text.EndsWith(other, StringComparison.Ordinal),
            "contains" => text.Contains(other, StringComparison.Ordinal),
            _ => Regex.IsMatch(text, other, RegexOptions.None, PatternTimeout),
        };
    }

    public static bool Truth(object? value) => value as bool? ?? throw new CelEvaluationException("expected true or false");
}
