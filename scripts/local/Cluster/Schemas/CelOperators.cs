using Combine = System.Func<Klever.Local.Cluster.Schemas.CelNode, Klever.Local.Cluster.Schemas.CelNode, Klever.Local.Cluster.Schemas.CelNode>;

namespace Klever.Local.Cluster.Schemas;

/// <summary>The binary operators by precedence, loosest first, and the two quantifiers over lists.</summary>
internal static class CelOperators
{
    public static IReadOnlyList<IReadOnlyDictionary<string, Combine>> Levels { get; } =
    [
        new Dictionary<string, Combine> { ["||"] = (a, b) => scope => CelValues.Truth(a(scope)) || CelValues.Truth(b(scope)) },
        new Dictionary<string, Combine> { ["&&"] = (a, b) => scope => CelValues.Truth(a(scope)) && CelValues.Truth(b(scope)) },
        new Dictionary<string, Combine>
        {
            ["=="] = (a, b) => scope => CelValues.AreEqual(a(scope), b(scope)),
            ["!="] = (a, b) => scope => !CelValues.AreEqual(a(scope), b(scope)),
            ["<"] = (a, b) => scope => CelValues.Compare(a(scope), b(scope)) < 0,
            ["<="] = (a, b) => scope => CelValues.Compare(a(scope), b(scope)) <= 0,
            [">"] = (a, b) => scope => CelValues.Compare(a(scope), b(scope)) > 0,
            [">="] = (a, b) => scope => CelValues.Compare(a(scope), b(scope)) >= 0,
            ["in"] = (a, b) => scope => CelValues.Contains(b(scope), a(scope)),
        },
        new Dictionary<string, Combine>
        {
            ["+"] = (a, b) => scope => CelValues.Add(a(scope), b(scope)),
            ["-"] = (a, b) => scope => a(scope) is double x && b(scope) is double y
                ? x - y
                : throw new CelEvaluationException("no such overload of -"),
        },
    ];

    public static CelNode Quantify(bool all, CelNode list, string variable, CelNode body) => scope =>
    {
        if (list(scope) is not List<object?> items)
        {
            throw new CelEvaluationException("all and exists work on lists");
        }

        bool Holds(object? item) => CelValues.Truth(body(new Dictionary<string, object?>(scope) { [variable] = item }));
        return all ? items.TrueForAll(Holds) : items.Exists(Holds);
    };
}
