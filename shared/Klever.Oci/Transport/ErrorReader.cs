using System.Text;
using System.Text.Json;
using Klever.Models;

namespace Klever.Oci.Transport;

/// <summary>Makes an exception of an answer: the registry's JSON errors, or an excerpt of whatever a proxy before it wrote.</summary>
internal static class ErrorReader
{
    public static async Task<RegistryException> ReadAsync(
        HttpResponseMessage response,
        RegistryRequest request,
        IReadOnlyCollection<string> secrets,
        TimeSpan timeout,
        CancellationToken cancellationToken)
    {
        var body = request.Method == HttpMethod.Head ? "" : await ReadTextAsync(response, timeout, cancellationToken);
        var errors = Parse(body, secrets);
        var said = errors.Count == 0
            ? response.ReasonPhrase is { Length: > 0 } reason ? Clean(reason, secrets) : "no explanation"
            : string.Join("; ", errors.Select(e => e.Code.Length == 0 ? e.Message : $"{e.Code}: {e.Message}"));
        var id = RegistryTransport.Header(response, "X-Request-Id") is { } requestId ? $" (request {Clean(requestId, secrets)})" : "";
        return new RegistryException(
            $"{request.Method} {RegistryException.Redact(request.Uri)}: {(int)response.StatusCode} {said}{id}",
            request.Method,
            request.Uri,
            response.StatusCode,
            errors);
    }

    public static RegistryException Unreachable(HttpMethod method, Uri uri, string reason, Exception inner)
    {
        RegistryMeasures.Error(method, status: null);
        return new RegistryException(
            $"{method} {RegistryException.Redact(uri)}: no answer: {Excerpt.Of(reason)}",
            method,
            uri,
            isTransient: true,
            inner: inner);
    }

    private static async Task<string> ReadTextAsync(HttpResponseMessage response, TimeSpan timeout, CancellationToken cancellationToken)
    {
        try
        {
            var bytes = await BoundedBody.ReadAsync(
                response, OciLimits.MaximumErrorBytes, "error", timeout, cancellationToken, cut: true);
            return Encoding.UTF8.GetString(bytes);
        }
        catch (RegistryException)
        {
            return ""; // The status alone says enough; a broken explanation must not hide it.
        }
    }

    private static IReadOnlyList<RegistryError> Parse(string body, IReadOnlyCollection<string> secrets)
    {
        if (string.IsNullOrWhiteSpace(body))
        {
            return [];
        }

        try
        {
            using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = OciLimits.MaximumDocumentDepth });
            if (document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("errors", out var errors) && errors.ValueKind == JsonValueKind.Array)
            {
                return [.. errors.EnumerateArray()
                    .Where(e => e.ValueKind == JsonValueKind.Object)
                    .Take(OciLimits.MaximumErrors)
                    .Select(e => new RegistryError(Text(e, "code", secrets), Text(e, "message", secrets)))];
            }
        }
        catch (JsonException)
        {
        }

        return [new RegistryError("", Clean(body.ReplaceLineEndings(" ").Trim(), secrets))];
    }

    private static string Text(JsonElement error, string name, IReadOnlyCollection<string> secrets) =>
        error.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? Clean(value.GetString()!, secrets)
            : "";

    // Some servers echo the request; what we sent in confidence is taken out before the text is cut.
    private static string Clean(string text, IReadOnlyCollection<string> secrets) =>
        Excerpt.Of(secrets.Where(s => s.Length > 0).Aggregate(text, (t, secret) => t.Replace(secret, "***", StringComparison.Ordinal)));
}
