using System.Net.Mime;
using System.Text.Json;
using CloudNative.CloudEvents;
using CloudNative.CloudEvents.Http;
using Klever.Eventing.CloudEvents;
using Klever.Models;
using Microsoft.AspNetCore.Http;

namespace Klever.Eventing.Pushes;

/// <summary>Reads push notifications of Harbor and of the distribution registry into one value.</summary>
public static class PushNormaliser
{
    private const string DistributionPrefix = "application/vnd.docker.distribution.events.v";
    private static readonly JsonDocumentOptions JsonOptions = new() { MaxDepth = EventLimits.MaximumDepth };

    /// <summary>Reads the notification of a request.</summary>
    /// <exception cref="BadHttpRequestException">Status 413: the body is longer than
    /// <see cref="EventLimits.MaximumBodyBytes"/>.</exception>
    public static async Task<PushReading> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var body = await RequestBody.ReadAsync(request, cancellationToken);
        return Read(request.ContentType, request.Headers, body);
    }

    /// <summary>Reads a notification that was received already.</summary>
    public static PushReading Read(string? contentType, IHeaderDictionary headers, ReadOnlyMemory<byte> body)
    {
        var format = Recognise(contentType, headers);
        try
        {
            return format switch
            {
                PushFormat.CloudEvent => Read(
                    CloudEventHttpExtensions.ToCloudEvent(contentType, headers, body, EventFormat.Formatter)),
                PushFormat.Distribution => Parsed(body, DistributionNotification.Read),
                PushFormat.HarborDefault => Parsed(body, HarborNotification.Read),
                _ => new PushReading { Format = format },
            };
        }
        catch (Exception exception) when (BoundEvent.IsMalformed(exception))
        {
            var problem = $"it is not what its headers say: {Excerpt.Of(exception.Message)}";
            return new PushReading { Format = format, Malformed = problem };
        }
    }

    /// <summary>Reads a notification that came as a CloudEvent, such as through a broker.</summary>
    public static PushReading Read(CloudEvent cloudEvent) => HarborNotification.Read(cloudEvent);

    private static PushReading Parsed(ReadOnlyMemory<byte> body, Func<JsonElement, PushReading> read)
    {
        using var document = JsonDocument.Parse(body, JsonOptions);
        return read(document.RootElement);
    }

    private static PushFormat Recognise(string? contentType, IHeaderDictionary headers)
    {
        if (headers.ContainsKey(HttpUtilities.SpecVersionHttpHeader))
        {
            return PushFormat.CloudEvent;
        }

        var mediaType = TryParse(contentType);
        return mediaType switch
        {
            "application/cloudevents+json" => PushFormat.CloudEvent,
            "application/json" => PushFormat.HarborDefault,
            DistributionPrefix + "1+json" or DistributionPrefix + "2+json" => PushFormat.Distribution,
            _ => PushFormat.Unknown,
        };
    }

    private static string? TryParse(string? contentType)
    {
        try
        {
            return string.IsNullOrEmpty(contentType) ? null : new ContentType(contentType).MediaType.ToLowerInvariant();
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
