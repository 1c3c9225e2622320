using System.Net;
using CloudNative.CloudEvents;
using Klever.Eventing.CloudEvents;

namespace Klever.Eventing.Sinks;

/// <summary>Posts events in binary mode to the sink of a SinkBinding and repeats them as Knative's data plane
/// specification says:
/// after no answer, 5xx, 404, 408, 409 and 429, and after nothing else.</summary>
public sealed class KnativeSink(HttpClient client, SinkOptions options, TimeProvider clock) : IEventSink
{
    public async Task SendAsync(CloudEvent cloudEvent, CancellationToken cancellationToken)
    {
        foreach (var (name, value) in options.Extensions)
        {
            cloudEvent.SetAttributeFromString(name, value);
        }

        var wait = options.FirstWait;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await PostAsync(cloudEvent, cancellationToken);
                return;
            }
            catch (EventSinkException exception) when (exception.IsTransient && attempt < options.MaximumAttempts)
            {
                await Task.Delay(wait, clock, cancellationToken);
                wait *= 2;
            }
        }
    }

    private async Task PostAsync(CloudEvent cloudEvent, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(options.Timeout);
        try
        {
            using var request = CreateRequest(cloudEvent);
            using var response = await client.SendAsync(
                request, HttpCompletionOption.ResponseHeadersRead, timeout.Token);
            if (!response.IsSuccessStatusCode)
            {
                throw new EventSinkException(
                    $"the sink {options.Sink} answered {(int)response.StatusCode} to {cloudEvent.Type}.")
                {
                    Status = (int)response.StatusCode,
                    IsTransient = IsTransient(response.StatusCode),
                };
            }
        }
        catch (Exception exception) when (exception is HttpRequestException
            || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new EventSinkException($"the sink {options.Sink} does not answer: {exception.Message}", exception)
            {
                IsTransient = true,
            };
        }
    }

    private HttpRequestMessage CreateRequest(CloudEvent cloudEvent)
    {
        var content = new ReadOnlyMemoryContent(EventFormat.Formatter.EncodeBinaryModeEventData(cloudEvent));
        content.Headers.TryAddWithoutValidation("Content-Type", cloudEvent.DataContentType ?? "application/json");
        var request = new HttpRequestMessage(HttpMethod.Post, options.Sink) { Content = content };
        foreach (var (name, value) in BinaryHeaders.Of(cloudEvent))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return request;
    }

    private static bool IsTransient(HttpStatusCode status) => status
        is >= HttpStatusCode.InternalServerError
        or HttpStatusCode.NotFound
        or HttpStatusCode.RequestTimeout
        or HttpStatusCode.Conflict
        or HttpStatusCode.TooManyRequests;
}
