using CloudNative.CloudEvents;
using Klever.Local.Broker.Delivery;
using Klever.Local.Broker.Sources;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Klever.Local.Broker;

/// <summary>The ingress <c>POST /NAMESPACE/BROKER</c>, and what only this platform has: <c>POST /local/ping/NAME</c>.</summary>
internal static class BrokerEndpoints
{
    private const int MaximumEventBytes = 4 * 1024 * 1024;

    public static void MapBroker(this IEndpointRouteBuilder routes, LocalBroker broker, PingSources pings)
    {
        routes.MapPost("/{ns}/{name}", (string name, HttpRequest request, CancellationToken token) =>
            AcceptAsync(broker, name, request, token));
        routes.MapPost("/local/ping/{name}", (string name) =>
            pings.Fire(name) ? (IResult)TypedResults.Accepted((string?)null) : TypedResults.NotFound());
    }

    private static async Task<IResult> AcceptAsync(
        LocalBroker broker, string name, HttpRequest request, CancellationToken cancellationToken)
    {
        if (!broker.Has(name))
        {
            return TypedResults.NotFound();
        }

        try
        {
            broker.Accept(name, await IncomingEvent.ReadAsync(request, MaximumEventBytes, EventClient.Formatter, cancellationToken));
            return TypedResults.Accepted((string?)null);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or System.Text.Json.JsonException)
        {
            return TypedResults.BadRequest($"not a CloudEvent: {exception.Message}");
        }
    }
}
