using System.Text.Json;
using System.Text.Json.Nodes;
using Klever.Local.Cluster.Objects;
using Klever.Local.Yaml;

namespace Klever.Local.Cluster.Http;

/// <summary>Reads request bodies: JSON or YAML, of a bounded size.</summary>
internal static class ApiBody
{
    /// <summary>Bytes of a body at most, as in apiserver.</summary>
    public const int MaximumBytes = 3 * 1024 * 1024;

    /// <summary>Bytes that are taken in at most before the connection is cut.</summary>
    public const int MaximumReceivedBytes = 8 * MaximumBytes;

    private static readonly string[] Readable = ["application/json", "application/yaml"];

    /// <summary>The object of a create or update; its kind must be the one of the path.</summary>
    public static async Task<JsonObject> ReadObjectAsync(HttpRequest request, ResourceType type, CancellationToken cancellationToken)
    {
        var mediaType = MediaType(request);
        if (mediaType.Length > 0 && !Readable.Contains(mediaType))
        {
            throw ApiErrors.UnsupportedMediaType(Readable);
        }

        var body = await ReadAsync(request, cancellationToken) as JsonObject
            ?? throw ApiErrors.BadRequest("the object provided is unrecognized (must be of type " + type.Kind + ")");
        body["apiVersion"] ??= type.ApiVersion;
        body["kind"] ??= type.Kind;
        if (body.ApiVersion() != type.ApiVersion || body.Kind() != type.Kind)
        {
            throw ApiErrors.BadRequest(
                $"{body.Kind()} in version \"{body.ApiVersion()}\" cannot be handled as a {type.Kind}: expected {type.ApiVersion}, Kind={type.Kind}");
        }

        return body;
    }

    public static string MediaType(HttpRequest request) => (request.ContentType ?? "").Split(';')[0].Trim().ToLowerInvariant();

    /// <returns>Null for an empty body.</returns>
    public static async Task<JsonNode?> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        using var buffer = new MemoryStream();
        var chunk = new byte[16 * 1024];
        int read;
        var length = 0L;
        while ((read = await request.Body.ReadAsync(chunk, cancellationToken)) > 0)
        {
            length += read;
            if (length <= MaximumBytes)
            {
                buffer.Write(chunk, 0, read);
            }
        }

        // The rest was read and dropped: a client that is still sending would not hear the answer.
        if (length > MaximumBytes)
        {
            throw ApiErrors.TooLarge(MaximumBytes);
        }

        return buffer.Length == 0 ? null : Parse(request, buffer.ToArray());
    }

    private static JsonNode? Parse(HttpRequest request, byte[] bytes)
    {
        try
        {
            return MediaType(request).EndsWith("yaml") && bytes[0] != '{'
                ? YamlDocuments.Parse(System.Text.Encoding.UTF8.GetString(bytes)) is [var first, ..] ? first : null
                : JsonNode.Parse(bytes);
        }
        catch (Exception exception) when (exception is JsonException or FormatException)
        {
            throw ApiErrors.BadRequest($"couldn't get version/kind; json parse error: {exception.Message}");
        }
    }
}
