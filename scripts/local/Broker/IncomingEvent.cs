using System.Net.Http.Headers;
using CloudNative.CloudEvents;
using CloudNative.CloudEvents.Http;

namespace Klever.Local.Broker;

/// <summary>Reads a CloudEvent from a request of ASP.NET Core through the SDK's binding for <see cref="HttpRequestMessage"/>.</summary>
internal static class IncomingEvent
{
    /// <exception cref="ArgumentException">It is no valid event, or larger than <paramref name="maximumBytes"/>.</exception>
    public static async Task<CloudEvent> ReadAsync(
        HttpRequest request, int maximumBytes, CloudEventFormatter formatter, CancellationToken cancellationToken)
    {
        var buffer = new byte[maximumBytes + 1];
        var length = await request.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        if (length > maximumBytes)
        {
            throw new ArgumentException($"the event has more than {maximumBytes} bytes.", nameof(request));
        }

        using var message = new HttpRequestMessage { Content = new ByteArrayContent(buffer, 0, length) };
        foreach (var (name, values) in request.Headers)
        {
            message.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
        }

        if (MediaTypeHeaderValue.TryParse(request.ContentType, out var contentType))
        {
            message.Content.Headers.ContentType = contentType;
        }

        return message.IsCloudEvent()
            ? await message.ToCloudEventAsync(formatter, [])
            : throw new ArgumentException("the ce-specversion header or content type application/cloudevents+json is missing.", nameof(request));
    }
}
