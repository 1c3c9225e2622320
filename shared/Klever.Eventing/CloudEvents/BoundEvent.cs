using System.Text.Json;
using CloudNative.CloudEvents;
using Klever.Models;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Klever.Eventing.CloudEvents;

/// <summary>The event of a request, or the answer to give because there is none. As a parameter of an endpoint it
/// binds itself.</summary>
public sealed class BoundEvent
{
    private BoundEvent(CloudEvent? cloudEvent, ProblemHttpResult? problem)
    {
        Event = cloudEvent;
        Problem = problem;
    }

    /// <summary>Null exactly when <see cref="Problem"/> is there.</summary>
    public CloudEvent? Event { get; }

    /// <summary>400, 413 or 415: none of them makes a broker try again.</summary>
    public ProblemHttpResult? Problem { get; }

    public static async ValueTask<BoundEvent> BindAsync(HttpContext context)
    {
        var request = context.Request;
        if (request.IsCloudEventBatch())
        {
            return Refused(
                StatusCodes.Status415UnsupportedMediaType, "A batch of events is not taken; send them one by one.");
        }

        if (!request.IsCloudEvent())
        {
            return Refused(
                StatusCodes.Status415UnsupportedMediaType,
                "The request is no CloudEvent; send ce-specversion 1.0 headers or application/cloudevents+json.");
        }

        try
        {
            return new BoundEvent(await request.ToCloudEventAsync(EventFormat.Formatter, context.RequestAborted), null);
        }
        catch (BadHttpRequestException exception)
        {
            return Refused(exception.StatusCode, exception.Message);
        }
        catch (Exception exception) when (IsMalformed(exception))
        {
            return Refused(
                StatusCodes.Status400BadRequest, $"The CloudEvent is malformed: {Excerpt.Of(exception.Message)}");
        }
    }

    /// <summary>What the CloudEvents SDK throws for a malformed event.</summary>
    internal static bool IsMalformed(Exception exception) =>
        exception is ArgumentException or FormatException or JsonException or InvalidOperationException or NotSupportedException;

    private static BoundEvent Refused(int status, string detail) =>
        new(null, TypedResults.Problem(detail, statusCode: status, title: "The event was not accepted."));
}
