using System.Net;

namespace Klever.Eventing.Tests.Sinks;

/// <summary>A sink that answers as it is told, one status after the other; null is a connection that breaks.</summary>
public sealed class Broker(params HttpStatusCode?[] answers) : HttpMessageHandler
{
    private readonly Queue<HttpStatusCode?> _answers = new(answers);

    public List<(string Target, IReadOnlyDictionary<string, string> Headers, string Body)> Requests { get; } = [];

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var headers = request.Headers.Concat(request.Content!.Headers)
            .ToDictionary(h => h.Key, h => string.Join(',', h.Value), StringComparer.OrdinalIgnoreCase);
        Requests.Add(($"{request.Method} {request.RequestUri}", headers, await request.Content.ReadAsStringAsync(cancellationToken)));
        return _answers.Dequeue() is { } status
            ? new HttpResponseMessage(status)
            : throw new HttpRequestException("connection reset");
    }
}
