using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Klever.Oci;

namespace Klever.CommandLine.Api;

/// <summary>The REST API of Klever.Functions, asked with the account of the registry.</summary>
internal sealed class KleverApi : IDisposable
{
    private const int MaximumBytes = 64 * 1024 * 1024;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(100);

    private readonly HttpClient _client;
    private readonly AuthenticationHeaderValue? _account;

    public KleverApi(Uri server, RegistryCredential? account, bool isInsecure)
    {
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false };
        if (isInsecure)
        {
#pragma warning disable CA5359 // Asked for by name (--insecure).
            handler.SslOptions.RemoteCertificateValidationCallback = (_, _, _, _) => true;
#pragma warning restore CA5359
        }

        _client = new HttpClient(handler) { BaseAddress = server, Timeout = Timeout, MaxResponseContentBufferSize = MaximumBytes };
        _account = account is null
            ? null
            : new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{account.Username}:{account.Password}")));
    }

    /// <param name="path">Below <c>/api/v1alpha1/</c>; its parts escaped.</param>
    public Task<JsonObject> GetAsync(string path, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Get, path, body: null, cancellationToken);

    public Task<JsonObject> PostAsync(string path, JsonObject? body, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Post, path, body, cancellationToken);

    public Task DeleteAsync(string path, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Delete, path, body: null, cancellationToken);

    /// <summary>An answer that goes on; the caller disposes the stream.</summary>
    public async Task<Stream> OpenAsync(string path, CancellationToken cancellationToken)
    {
        var response = await RequestAsync(HttpMethod.Get, path, body: null, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        return await response.Content.ReadAsStreamAsync(cancellationToken);
    }

    public void Dispose() => _client.Dispose();

    private async Task<JsonObject> SendAsync(HttpMethod method, string path, JsonObject? body, CancellationToken cancellationToken)
    {
        using var response = await RequestAsync(method, path, body, HttpCompletionOption.ResponseContentRead, cancellationToken);
        return Parse(await response.Content.ReadAsByteArrayAsync(cancellationToken)) ?? [];
    }

    private async Task<HttpResponseMessage> RequestAsync(
        HttpMethod method, string path, JsonObject? body, HttpCompletionOption completion, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, new Uri("api/v1alpha1/" + path, UriKind.Relative));
        request.Headers.Authorization = _account;
        if (body is not null)
        {
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        }

        try
        {
            var response = await _client.SendAsync(request, completion, cancellationToken);
            return response.IsSuccessStatusCode ? response : throw await RefusalAsync(response, cancellationToken);
        }
        catch (Exception exception) when (exception is HttpRequestException
            || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new ApiException(status: null, $"{_client.BaseAddress} does not answer: {exception.Message}");
        }
    }

    private async Task<ApiException> RefusalAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        using (response)
        {
            var answer = Parse(await response.Content.ReadAsByteArrayAsync(cancellationToken));
            var message = answer?["message"] is JsonValue value && value.TryGetValue(out string? text) && text.Length > 0
                ? text
                : $"{_client.BaseAddress} answered {(int)response.StatusCode}; is it the API of Klever?";
            var isAnonymous = response.StatusCode == HttpStatusCode.Unauthorized && _account is null;
            return new ApiException(
                response.StatusCode, isAnonymous ? $"{message} (klever login, or ORMB_USERNAME and ORMB_PASSWORD)" : message, answer);
        }
    }

    private static JsonObject? Parse(byte[] content)
    {
        try
        {
            return content.Length == 0 ? null : JsonNode.Parse(content) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
