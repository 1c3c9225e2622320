namespace Klever.Local.Cluster.Selection;

/// <summary>One term of a selector.</summary>
/// <param name="Key">A label's key or a field's path.</param>
/// <param name="Operator">One of <c>in</c>, <c>notin</c>, <c>exists</c>, <c>!</c>.</param>
internal sealed record Requirement(string Key, string Operator, IReadOnlyList<string> Values)
{
    /// <param name="value">Null when there is none; <c>notin</c> holds then.</param>
    public bool Holds(string? value) => Operator switch
    {
        "in" => value is not null && Values.Contains(value),
        "notin" => value is null || !Values.Contains(value),
        "exists" => value is not null,
        _ => value is null,
    };
}
