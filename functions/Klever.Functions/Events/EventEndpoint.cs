using CloudNative.CloudEvents;
using Klever.Eventing.CloudEvents;
using Klever.Functions.Telemetry;

namespace Klever.Functions.Events;

/// <summary>The events face: <c>POST /</c> finds the functions that declare the type of the event, <c>POST /events/NAME</c> asks one.</summary>
internal static partial class EventEndpoint
{
    public static void MapEvents(this IEndpointRouteBuilder routes, IReadOnlyList<IFunction> functions)
    {
        Map(routes, "/", [.. functions.SelectMany(function => function.Events).Where(route => route.Type != EventRoute.AnyType)]);
        foreach (var function in functions.Where(function => function.Events.Count > 0))
        {
            Map(routes, $"/events/{function.Name}", function.Events);
        }
    }

    private static void Map(IEndpointRouteBuilder routes, string path, IReadOnlyList<EventRoute> eventRoutes) =>
        routes.MapPost(path, async (HttpContext context) =>
        {
            var bound = await BoundEvent.BindAsync(context);
            return bound.Event is { } cloudEvent
                ? await DispatchAsync(cloudEvent, eventRoutes, context)
                : (IResult)bound.Problem!;
        }).ExcludeFromDescription();

    private static async Task<IResult> DispatchAsync(
        CloudEvent cloudEvent, IReadOnlyList<EventRoute> routes, HttpContext context)
    {
        var logger = context.RequestServices.GetRequiredService<ILogger<EventRoute>>();
        var takers = routes.Where(route => route.Takes(cloudEvent)).ToList();
        if (takers.Count == 0)
        {
            Measures.Event("_OTHER", "unknown");
            LogUnknown(logger, cloudEvent.Type, cloudEvent.Id);
            return TypedResults.StatusCode(StatusCodes.Status202Accepted);
        }

        using var activity = Tracing.StartEvent(cloudEvent);
        return Answer(await HandleAsync(takers, cloudEvent, context), cloudEvent, logger);
    }

    private static async Task<EventOutcome> HandleAsync(
        IReadOnlyList<EventRoute> takers, CloudEvent cloudEvent, HttpContext context)
    {
        var outcome = EventOutcome.Ignored("");
        var name = "failed";
        try
        {
            foreach (var route in takers)
            {
                outcome = await route.Handle(context.RequestServices, cloudEvent, context.RequestAborted);
            }

            name = outcome.Name;
        }
        finally
        {
            Measures.Event(cloudEvent.Type!, name);
        }

        return outcome;
    }

    private static IResult Answer(EventOutcome outcome, CloudEvent cloudEvent, ILogger logger)
    {
        switch (outcome)
        {
            case EventOutcome.Handled { Reply: { } reply }:
                LogHandled(logger, cloudEvent.Type, cloudEvent.Id, reply.Type);
                return new EventReply(reply);
            case EventOutcome.Handled:
                LogHandled(logger, cloudEvent.Type, cloudEvent.Id, reply: null);
                return TypedResults.NoContent();
            case EventOutcome.NothingToDo ignored:
                LogIgnored(logger, cloudEvent.Type, cloudEvent.Id, ignored.Reason);
                return TypedResults.NoContent();
            case EventOutcome.Malformed malformed:
                LogRejected(logger, cloudEvent.Type, cloudEvent.Id, malformed.Problem);
                return Problems.Of(StatusCodes.Status400BadRequest, malformed.Problem);
            default:
                throw new InvalidOperationException($"no answer for {outcome.GetType().Name}");
        }
    }

    [LoggerMessage(EventId = 1101, Level = LogLevel.Information, Message = "Event {Type} {Id} handled, reply {Reply}")]
    private static partial void LogHandled(ILogger logger, string? type, string? id, string? reply);

    [LoggerMessage(EventId = 1102, Level = LogLevel.Debug, Message = "Event {Type} {Id} needs nothing: {Reason}")]
    private static partial void LogIgnored(ILogger logger, string? type, string? id, string reason);

    [LoggerMessage(EventId = 1103, Level = LogLevel.Warning, Message = "Event {Type} {Id} refused: {Problem}")]
    private static partial void LogRejected(ILogger logger, string? type, string? id, string problem);

    [LoggerMessage(EventId = 1104, Level = LogLevel.Information, Message = "Event {Type} {Id} is of a type that nobody here takes")]
    private static partial void LogUnknown(ILogger logger, string? type, string? id);
}
