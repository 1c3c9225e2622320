using System.Text.Json.Nodes;
using Klever.Functions.Rest;
using Klever.Models;

namespace Klever.Functions.Models.Comparison;

/// <summary>Reads <c>{"models": [{"project", "name", "tag"}]}</c>.</summary>
internal static class ComparisonRequest
{
    /// <summary>Models of one comparison at most.</summary>
    private const int MaximumModels = 100;

    /// <exception cref="BadHttpRequestException">It is something else.</exception>
    public static async Task<IReadOnlyList<ModelReference>> ReadAsync(HttpRequest http, CancellationToken cancellationToken)
    {
        var body = await JsonBody.ReadAsync(http, cancellationToken);
        return body["models"] switch
        {
            null => [],
            JsonArray { Count: <= MaximumModels } models => [.. models.Select(Model)],
            JsonArray => throw new BadHttpRequestException($"models has more than {MaximumModels} entries."),
            _ => throw new BadHttpRequestException("models is not a list."),
        };
    }

    private static ModelReference Model(JsonNode? node, int index) => node is JsonObject model
        ? ModelName.Parse(
            Text(model, "project", index),
            Uri.EscapeDataString(Text(model, "name", index)),
            Text(model, "tag", index))
        : throw new BadHttpRequestException($"models[{index}] is not an object with project, name and tag.");

    private static string Text(JsonObject model, string field, int index) =>
        model[field] is JsonValue value && value.TryGetValue(out string? text) && text.Length > 0
            ? text
            : throw new BadHttpRequestException($"models[{index}].{field} is missing; expected project, name and tag.");
}
