namespace Klever.Kubernetes.Cluster;

/// <summary>Which objects to list (Kubernetes API concepts, "Retrieving large results sets in chunks").</summary>
public sealed record ListQuery
{
    /// <summary>Objects of one page at most.</summary>
    public const int DefaultLimit = 500;

    public string? LabelSelector { get; init; }

    public string? FieldSelector { get; init; }

    public int Limit { get; init; } = DefaultLimit;

    /// <summary>The token of the page before; null for the first page.</summary>
    public string? Continue { get; init; }

    internal string ToQueryString()
    {
        var query = $"?limit={Limit}";
        query += Part("labelSelector", LabelSelector) + Part("fieldSelector", FieldSelector) + Part(
            "continue", Continue);
        return query;

        static string Part(string name, string? value) =>
            string.IsNullOrEmpty(value) ? "" : $"&{name}={Uri.EscapeDataString(value)}";
    }
}
