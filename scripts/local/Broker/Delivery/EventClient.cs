using System.Net;
using System.Text;
using CloudNative.CloudEvents;
using CloudNative.CloudEvents.Http;
using CloudNative.CloudEvents.SystemTextJson;

namespace Klever.Local.Broker.Delivery;

/// <summary>Posts an event in binary mode and reads the answer as a broker does: a body that is no event turns success into 502.</summary>
internal sealed class EventClient(HttpClient client)
{
    public static readonly JsonEventFormatter Formatter = new();

    // What a dead letter keeps of a refusal (extension knativeerrordata).
    private const int MaximumProblemLength = 768;

    public async Task<DeliveryAnswer> PostAsync(Uri address, CloudEvent cloudEvent, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timeout);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, address)
            {
                Content = cloudEvent.ToHttpContent(ContentMode.Binary, Formatter),
            };
            request.Headers.Add("Prefer", "reply");
            if (cloudEvent["traceparent"] is string trace)
            {
                request.Headers.TryAddWithoutValidation("traceparent", trace);
            }

            using var response = await client.SendAsync(request, limit.Token);
            return await ReadAsync(response, limit.Token);
        }
        catch (HttpRequestException exception)
        {
            return new DeliveryAnswer(Status: null, Problem: exception.Message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new DeliveryAnswer(Status: null, Problem: $"no answer within {timeout.TotalSeconds} s");
        }
    }

    private static async Task<DeliveryAnswer> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (!response.IsSuccessStatusCode)
        {
            var problem = await response.Content.ReadAsStringAsync(cancellationToken);
            return new DeliveryAnswer(response.StatusCode, Problem: problem[..Math.Min(problem.Length, MaximumProblemLength)]);
        }

        if (response.IsCloudEvent())
        {
            return new DeliveryAnswer(response.StatusCode, await response.ToCloudEventAsync(Formatter, []));
        }

        var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        return body.Length == 0
            ? new DeliveryAnswer(response.StatusCode)
            : new DeliveryAnswer(
                HttpStatusCode.BadGateway,
                Problem: $"the answer has a body that is no CloudEvent: {Encoding.UTF8.GetString(body)[..Math.Min(body.Length, 200)]}");
    }
}
