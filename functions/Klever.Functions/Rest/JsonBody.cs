using System.Text.Json;
using System.Text.Json.Nodes;
using Klever.Functions.Hosting;

namespace Klever.Functions.Rest;

/// <summary>Reads the JSON object of a request.</summary>
internal static class JsonBody
{
    private const int MaximumDepth = 64;

    /// <exception cref="BadHttpRequestException">It is longer than the limit, no JSON, or not an object.</exception>
    public static async Task<JsonObject> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        try
        {
            var options = new JsonDocumentOptions { MaxDepth = MaximumDepth, AllowDuplicateProperties = false };
            return await JsonNode.ParseAsync(request.Body, documentOptions: options, cancellationToken: cancellationToken) as JsonObject
                ?? throw new BadHttpRequestException("The body is not a JSON object.");
        }
        catch (JsonException exception)
        {
            throw new BadHttpRequestException(
                $"The body is not JSON: line {exception.LineNumber + 1}, byte {exception.BytePositionInLine}; at most {KleverHost.MaximumBodyBytes} bytes are read.");
        }
    }
}
