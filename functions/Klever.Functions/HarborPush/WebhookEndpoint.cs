using Klever.Eventing.Pushes;
using Klever.Functions.Telemetry;
using Microsoft.AspNetCore.Mvc;

namespace Klever.Functions.HarborPush;

/// <summary><c>POST /webhook</c>. Harbor tries three times and forgets, a distribution registry repeats for ever and in order: so
/// what can never be read is answered by what the sender will do with it.</summary>
internal static partial class WebhookEndpoint
{
    // Whatever the payload, for measurements: the broker's pushes have a type of their own.
    private const string EventType = "webhook";

    // Harbor hangs up after three seconds, and after three tries it forgets; what it told of is done all the same, up to this long.
    private static readonly TimeSpan MaximumDuration = TimeSpan.FromSeconds(60);

    public static async Task<IResult> HandleAsync(
        HttpRequest request,
        [FromServices] PushHandler handler,
        [FromServices] ILogger<PushHandler> logger,
        CancellationToken cancellationToken)
    {
        var reading = await PushNormaliser.ReadAsync(request, cancellationToken);
        if (reading.Format == PushFormat.Unknown)
        {
            Measures.Event(EventType, "unknown");
            return Problems.Of(
                StatusCodes.Status415UnsupportedMediaType,
                "This takes Harbor's webhooks (payload format CloudEvents or Default) and notifications of a distribution registry.");
        }

        var outcome = "failed";
        using var work = new CancellationTokenSource(MaximumDuration);
        try
        {
            foreach (var push in reading.Pushes)
            {
                await handler.HandleAsync(push, work.Token);
            }

            outcome = reading.Malformed is not null ? "malformed" : reading.Pushes.Count > 0 ? "handled" : "ignored";
        }
        finally
        {
            Measures.Event(EventType, outcome);
        }

        return Answer(reading, logger);
    }

    private static IResult Answer(PushReading reading, ILogger logger)
    {
        if (reading.Malformed is null)
        {
            return reading.Pushes.Count > 0 ? TypedResults.NoContent() : TypedResults.StatusCode(StatusCodes.Status202Accepted);
        }

        LogMalformed(logger, reading.Format, reading.Malformed);
        return reading.Format == PushFormat.Distribution
            ? TypedResults.StatusCode(StatusCodes.Status202Accepted)
            : Problems.Of(StatusCodes.Status400BadRequest, $"The notification cannot be read: {reading.Malformed}");
    }

    [LoggerMessage(EventId = 1301, Level = LogLevel.Warning, Message = "A {Format} notification cannot be read: {Problem}")]
    private static partial void LogMalformed(ILogger logger, PushFormat format, string problem);
}
