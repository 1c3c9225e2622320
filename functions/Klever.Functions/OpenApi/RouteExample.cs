using System.Text.Json.Nodes;

namespace Klever.Functions.OpenApi;

/// <summary>What a route takes and answers, told by example (<c>examples.json</c> beside its code).</summary>
internal sealed record RouteExample
{
    /// <summary>Beyond the summary, when there is more to know.</summary>
    public string? Description { get; init; }

    /// <summary>Bodies that it takes; none for a route without.</summary>
    public IReadOnlyList<ExampleBody> Request { get; init; } = [];

    /// <summary>Bodies of its good answers, by status.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<ExampleBody>> Responses { get; init; } = new Dictionary<string, IReadOnlyList<ExampleBody>>();
}

/// <summary>One body.</summary>
/// <param name="ContentType">Such as <c>application/json</c>.</param>
/// <param name="Schema">Name of its schema, which is shared by all bodies of that name; null when it needs none.</param>
/// <param name="Value">Null for bytes.</param>
internal sealed record ExampleBody(string ContentType, string? Schema, JsonNode? Value);
