using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Klever.Models;
using Klever.Oci.Transport;

namespace Klever.Oci.Harbor;

/// <summary>Requests to the REST API. Cookies are off: Harbor answers a request that carries its session with a CSRF check.</summary>
internal sealed class HarborTransport : IDisposable
{
    private readonly HttpClient _client;
    private readonly RegistryOptions _options;

    public HarborTransport(RegistryOptions options, HttpMessageHandler handler)
    {
        _options = options;
        _client = new HttpClient(handler, disposeHandler: false)
        {
            Timeout = HarborLimits.Timeout,
            MaxResponseContentBufferSize = HarborLimits.MaximumAnswerBytes,
        };
    }

    public async Task<HarborAnswer> SendAsync(
        HttpMethod method, string path, JsonNode? body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, new Uri(_options.Address, path));
        request.Headers.Authorization = _options.Credential?.Header;
        request.Headers.TryAddWithoutValidation("User-Agent", _options.UserAgent);

        // Without it a project or robot whose name is a number would be looked up by id.
        request.Headers.TryAddWithoutValidation("X-Is-Resource-Name", "true");
        if (body is not null)
        {
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        }

        try
        {
            using var response = await _client.SendAsync(request, cancellationToken);
            return await ReadAsync(response, method, path, cancellationToken);
        }
        catch (HttpRequestException exception) when (exception.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded)
        {
            throw TooLarge(method, path, exception);
        }
        catch (HttpRequestException exception)
        {
            throw new HarborException($"{method} {path}: Harbor does not answer: {exception.Message}", inner: exception);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new HarborException($"{method} {path}: Harbor did not answer within {HarborLimits.Timeout.TotalSeconds} s.", inner: exception);
        }
    }

    public void Dispose() => _client.Dispose();

    private static async Task<HarborAnswer> ReadAsync(
        HttpResponseMessage response, HttpMethod method, string path, CancellationToken cancellationToken)
    {
        var content = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            throw new HarborException(
                $"{method} {path}: {(int)response.StatusCode} {Said(content)}", response.StatusCode);
        }

        var total = response.Headers.TryGetValues("X-Total-Count", out var values) && int.TryParse(values.First(), out var count)
            ? count
            : (int?)null;
        return new HarborAnswer(Parse(content, method, path), total, response.Headers.Location);
    }

    private static HarborException TooLarge(HttpMethod method, string path, Exception exception) => new(
        $"{method} {path}: the answer is larger than {HarborLimits.MaximumAnswerBytes / (1024 * 1024)} MiB. Where it is one model, push the "
        + "model with a smaller description, or delete it in Harbor.",
        inner: exception)
    {
        IsTooLarge = true,
    };

    private static JsonNode? Parse(byte[] content, HttpMethod method, string path)
    {
        try
        {
            return content.Length == 0 ? null : JsonNode.Parse(content, documentOptions: new JsonDocumentOptions { MaxDepth = HarborLimits.MaximumDepth });
        }
        catch (JsonException exception)
        {
            throw new HarborException(
                $"{method} {path}: the answer is not JSON; is this address Harbor's? It begins \"{Excerpt.Of(Encoding.UTF8.GetString(content))}\".",
                HttpStatusCode.BadGateway,
                exception)
            {
                IsNotHarbor = true,
            };
        }
    }

    // nginx in front of Harbor answers with HTML; then the status has to do.
    private static string Said(byte[] content)
    {
        try
        {
            var errors = JsonNode.Parse(content.AsSpan(0, Math.Min(content.Length, HarborLimits.MaximumErrorBytes)))?["errors"] as JsonArray;
            return string.Join("; ", (errors ?? []).OfType<JsonObject>().Select(
                error => $"{HarborArtifact.Text(error, "code")} {Excerpt.Of(HarborArtifact.Text(error, "message"))}"));
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return "";
        }
    }
}
