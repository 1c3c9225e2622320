using System.Net.Mime;
using CloudNative.CloudEvents;
using CloudNative.CloudEvents.Core;
using CloudNative.CloudEvents.Http;
using Microsoft.AspNetCore.Http;

namespace Klever.Eventing.CloudEvents;

/// <summary>CloudEvents in requests and responses of ASP.NET Core (CloudEvents HTTP protocol binding 1.0).</summary>
/// <remarks>The method names are those of CloudNative.CloudEvents.AspNetCore. Delete this file when that package can
/// be had.</remarks>
public static class CloudEventHttpExtensions
{
    /// <summary>Whether the request carries one event, in either mode.</summary>
    public static bool IsCloudEvent(this HttpRequest request) =>
        request.Headers.ContainsKey(HttpUtilities.SpecVersionHttpHeader)
        || (MimeUtilities.IsCloudEventsContentType(request.ContentType) && !request.IsCloudEventBatch());

    /// <summary>Whether the request carries a batch, which nothing here sends or takes.</summary>
    public static bool IsCloudEventBatch(this HttpRequest request) =>
        MimeUtilities.IsCloudEventsBatchContentType(request.ContentType);

    /// <exception cref="ArgumentException">The request is no event, or an attribute is missing or
    /// malformed.</exception>
    /// <exception cref="System.Text.Json.JsonException">The event or its data is not JSON although it says
    /// so.</exception>
    /// <exception cref="BadHttpRequestException">The body is longer than
    /// <see cref="EventLimits.MaximumBodyBytes"/>.</exception>
    public static async Task<CloudEvent> ToCloudEventAsync(
        this HttpRequest request, CloudEventFormatter formatter, CancellationToken cancellationToken = default)
    {
        var body = await RequestBody.ReadAsync(request, cancellationToken);
        return ToCloudEvent(request.ContentType, request.Headers, body, formatter);
    }

    /// <summary>The same from a body that was read already.</summary>
    internal static CloudEvent ToCloudEvent(
        string? contentType, IHeaderDictionary headers, ReadOnlyMemory<byte> body, CloudEventFormatter formatter)
    {
        if (MimeUtilities.IsCloudEventsContentType(contentType))
        {
            return formatter.DecodeStructuredModeMessage(
                body, new ContentType(contentType!), extensionAttributes: null);
        }

        var version = CloudEventsSpecVersion.FromVersionId(
            headers[HttpUtilities.SpecVersionHttpHeader].FirstOrDefault())
            ?? throw new ArgumentException(
                "The request is no CloudEvent: ce-specversion is missing or not 1.0.", nameof(headers));
        var cloudEvent = new CloudEvent(version);
        foreach (var (name, values) in headers)
        {
            var attribute = HttpUtilities.GetAttributeNameFromHeaderName(name);
            if (attribute is not null && attribute != CloudEventsSpecVersion.SpecVersionAttribute.Name)
            {
                cloudEvent.SetAttributeFromString(attribute, HttpUtilities.DecodeHeaderValue(values.ToString()));
            }
        }

        cloudEvent.DataContentType = contentType;
        formatter.DecodeBinaryModeEventData(body, cloudEvent);
        return Validation.CheckCloudEventArgument(cloudEvent, nameof(headers));
    }

    /// <summary>Answers with an event: a reply that a Knative broker takes up.</summary>
    public static async Task CopyToHttpResponseAsync(
        this CloudEvent cloudEvent,
        HttpResponse destination,
        ContentMode contentMode,
        CloudEventFormatter formatter,
        CancellationToken cancellationToken = default)
    {
        ReadOnlyMemory<byte> body;
        if (contentMode == ContentMode.Structured)
        {
            body = formatter.EncodeStructuredModeMessage(cloudEvent, out var contentType);
            destination.ContentType = contentType.ToString();
        }
        else
        {
            body = formatter.EncodeBinaryModeEventData(cloudEvent);
            destination.ContentType = cloudEvent.DataContentType ?? formatter.GetOrInferDataContentType(cloudEvent);
            foreach (var (name, value) in BinaryHeaders.Of(cloudEvent))
            {
                destination.Headers[name] = value;
            }
        }

        destination.ContentLength = body.Length;
        await destination.Body.WriteAsync(body, cancellationToken);
    }
}
