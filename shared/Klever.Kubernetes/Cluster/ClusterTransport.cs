using System.Net;
using System.Net.Http.Headers;

namespace Klever.Kubernetes.Cluster;

/// <summary>One request to the API server and its answer, or a <see cref="ClusterException"/>.</summary>
/// <remarks>A 429 was not processed, so it is repeated here a few times; everything else is the caller's to
/// repeat.</remarks>
internal sealed class ClusterTransport(ClusterConnection client, TimeSpan timeout, TimeProvider clock) : IDisposable
{
    /// <summary>Bytes of an answer at most: a full page of the largest objects that etcd holds would be more, real
    /// ones never are.</summary>
    public const int MaximumResponseBytes = 64 * 1024 * 1024;

    private const int MaximumRefusalBytes = 64 * 1024;
    private const int MaximumAttempts = 3;
    private static readonly TimeSpan MaximumWait = TimeSpan.FromSeconds(5);
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    public async Task<byte[]> SendAsync(
        HttpMethod method, string path, byte[]? body, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await SendOnceAsync(method, path, body, MaximumResponseBytes, cancellationToken);
            }
            catch (ClusterException exception)
                when (exception.Status == (int)HttpStatusCode.TooManyRequests && attempt < MaximumAttempts)
            {
                var wait = exception.RetryAfter ?? TimeSpan.FromSeconds(1);
                await Task.Delay(wait < MaximumWait ? wait : MaximumWait, clock, cancellationToken);
            }
        }
    }

    /// <summary>Like <see cref="SendAsync"/> for a GET, but an answer longer than <paramref name="limit"/> is cut off
    /// there.</summary>
    public async Task<byte[]> ReadTextAsync(string path, int limit, CancellationToken cancellationToken) =>
        await SendOnceAsync(HttpMethod.Get, path, null, limit, cancellationToken, cut: true);

    /// <summary>The body of a GET as it comes. Only the wait for its beginning is timed: a log that is followed may be silent for
    /// hours.</summary>
    public async Task<Stream> OpenAsync(string path, CancellationToken cancellationToken)
    {
        var what = What(HttpMethod.Get, path);
        using var clocked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        clocked.CancelAfter(timeout);
        try
        {
            using var request = await CreateRequestAsync(HttpMethod.Get, path, null, clocked.Token);
            var response = await client.HttpClient.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, clocked.Token);
            var body = await response.Content.ReadAsStreamAsync(clocked.Token);
            return response.IsSuccessStatusCode ? body : throw await RefusalAsync(what, response, body, clocked.Token);
        }
        catch (Exception exception) when (IsNoAnswer(exception, cancellationToken))
        {
            throw NoAnswer(what, exception);
        }
    }

    public void Dispose() => client.Dispose();

    private static async Task<ClusterException> RefusalAsync(
        string what, HttpResponseMessage response, Stream body, CancellationToken cancellationToken)
    {
        using (response)
        {
            return StatusError.From(
                what, response, await BoundedRead.Async(body, MaximumRefusalBytes, cut: true, what, cancellationToken));
        }
    }

    private async Task<byte[]> SendOnceAsync(
        HttpMethod method, string path, byte[]? body, int limit, CancellationToken cancellationToken, bool cut = false)
    {
        var what = What(method, path);
        using var clocked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        clocked.CancelAfter(timeout);
        try
        {
            using var request = await CreateRequestAsync(method, path, body, clocked.Token);
            using var response = await client.HttpClient.SendAsync(
                request, HttpCompletionOption.ResponseHeadersRead, clocked.Token);
            await using var stream = await response.Content.ReadAsStreamAsync(clocked.Token);
            var content = await BoundedRead.Async(stream, limit, cut, what, clocked.Token);
            return response.IsSuccessStatusCode ? content : throw StatusError.From(what, response, content);
        }
        catch (Exception exception) when (IsNoAnswer(exception, cancellationToken))
        {
            throw NoAnswer(what, exception);
        }
    }

    private static string What(HttpMethod method, string path) => $"{method} {path.Split('?')[0]}";

    private static bool IsNoAnswer(Exception exception, CancellationToken cancellationToken) =>
        exception is HttpRequestException or IOException
        || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested);

    private static ClusterException NoAnswer(string what, Exception exception) => new(
        ClusterFailure.Transient, $"{what}: the API server does not answer: {exception.Message}", exception);

    private async Task<HttpRequestMessage> CreateRequestAsync(
        HttpMethod method, string path, byte[]? body, CancellationToken cancellationToken)
    {
        var request = new HttpRequestMessage(method, new Uri(client.BaseUri, path));
        request.Headers.Accept.ParseAdd("application/json");
        if (body is not null)
        {
            request.Content = new ByteArrayContent(body) { Headers = { ContentType = Json } };
        }

        if (client.Credentials is { } credentials)
        {
            await credentials.ProcessHttpRequestAsync(request, cancellationToken);
        }

        return request;
    }
}
