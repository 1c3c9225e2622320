using System.Text.Json.Nodes;
using CloudNative.CloudEvents;
using Klever.Local.Broker.Delivery;
using Klever.Local.Broker.Sources;
using Klever.Local.Feed;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Klever.Local.Broker;

/// <summary>The ingress <c>POST /NAMESPACE/BROKER</c>, and what only this platform has: <c>POST /local/ping/NAME</c>
/// and <c>GET /local/deliveries</c>, the attempts of late.</summary>
internal static class BrokerEndpoints
{
    private const int MaximumEventBytes = 4 * 1024 * 1024;

    public static void MapBroker(this IEndpointRouteBuilder routes, LocalBroker broker, PingSources pings, LiveFeed feed)
    {
        routes.MapPost("/{ns}/{name}", (string ns, string name, HttpRequest request, CancellationToken token) =>
            AcceptAsync(broker, $"{ns}/{name}", request, token));
        routes.MapGet("/local/deliveries", () => TypedResults.Text(
            new JsonArray([.. feed.After(0).Where(entry => entry.Kind == "delivery").Select(entry => entry.Detail.DeepClone())]).ToJsonString(),
            "application/json"));
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
