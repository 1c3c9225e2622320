using System.Text.Json;
using System.Text.Json.Nodes;

/// <summary>An event with JSON in it (CloudEvents 1.0), as its HTTP binding carries it: attributes as headers, or all in one document.</summary>
internal sealed record CloudEvent
{
    private const string Structured = "application/cloudevents+json";

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    public required string Id { get; init; }

    public required string Source { get; init; }

    public required string Type { get; init; }

    public string? Subject { get; init; }

    public JsonNode? Data { get; init; }

    /// <exception cref="FormatException">It is no event.</exception>
    public static async Task<CloudEvent> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var body = await ParseAsync(request, cancellationToken);
        if (request.ContentType?.StartsWith(Structured, StringComparison.OrdinalIgnoreCase) == true)
        {
            return Create(name => (body as JsonObject)?[name] is JsonValue value ? value.ToString() : null, (body as JsonObject)?["data"]);
        }

        return Create(name => request.Headers[$"ce-{name}"].ToString() is { Length: > 0 } value ? Uri.UnescapeDataString(value) : null, body);
    }

    public IResult ToResult(HttpResponse response)
    {
        response.Headers["ce-specversion"] = "1.0";
        response.Headers["ce-id"] = Uri.EscapeDataString(Id);
        response.Headers["ce-source"] = Source;
        response.Headers["ce-type"] = Uri.EscapeDataString(Type);
        if (Subject is not null)
        {
            response.Headers["ce-subject"] = Uri.EscapeDataString(Subject);
        }

        return Results.Text(Data?.ToJsonString() ?? "null", "application/json");
    }

    private static CloudEvent Create(Func<string, string?> attribute, JsonNode? data) => new()
    {
        Id = Required(attribute, "id"),
        Source = Required(attribute, "source"),
        Type = Required(attribute, "type"),
        Subject = attribute("subject"),
        Data = data,
    };

    private static string Required(Func<string, string?> attribute, string name) =>
        attribute(name) ?? throw new FormatException($"This is no CloudEvent: it has no {name}.");

    private static async Task<JsonNode?> ParseAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, cancellationToken);
        try
        {
            return body.Length == 0 ? null : JsonNode.Parse(body.ToArray(), documentOptions: Strict);
        }
        catch (JsonException exception)
        {
            throw new FormatException($"The data of the event is not JSON: {exception.Message}", exception);
        }
    }
}
