using System.Net.Http.Headers;

namespace Klever.Local.Platform;

/// <summary>Posts the notifications of the in-process registry, as docker-registry posts its own: until they are taken, a few times.</summary>
internal sealed class WebhookSender(Uri webhook, string authorization) : IDisposable
{
    private const int MaximumAttempts = 5;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private readonly HttpClient _client = new();

    public async Task SendAsync(byte[] envelope, CancellationToken cancellationToken)
    {
        for (var attempt = 1; attempt <= MaximumAttempts; attempt++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, webhook) { Content = new ByteArrayContent(envelope) };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/vnd.docker.distribution.events.v1+json");
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
            try
            {
                using var response = await _client.SendAsync(request, cancellationToken);
                if (response.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // The function is not there; the registry would try again as well.
            }

            await Task.Delay(Pause, cancellationToken);
        }
    }

    public void Dispose() => _client.Dispose();
}
