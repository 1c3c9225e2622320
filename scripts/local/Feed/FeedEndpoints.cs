using System.Text;

namespace Klever.Local.Feed;

/// <summary><c>GET /local/events</c>: the feed as server-sent events when the client accepts them, else one JSON document per
/// line. <c>?follow=false</c> ends after what is there, <c>?after=NUMBER</c> begins later.</summary>
internal static class FeedEndpoints
{
    public static void MapFeed(this IEndpointRouteBuilder routes, LiveFeed feed, CancellationToken stopping) =>
        routes.MapGet("/local/events", context => StreamAsync(context, feed, stopping));

    private static async Task StreamAsync(HttpContext context, LiveFeed feed, CancellationToken stopping)
    {
        var isServerSent = context.Request.Headers.Accept.ToString().Contains("text/event-stream", StringComparison.Ordinal);
        var after = long.TryParse(context.Request.Query["after"], out var number) ? number : 0;
        context.Response.ContentType = isServerSent ? "text/event-stream" : "application/x-ndjson";
        await context.Response.Body.FlushAsync(context.RequestAborted);
        if (context.Request.Query["follow"] == "false")
        {
            foreach (var entry in feed.After(after))
            {
                await WriteAsync(context, entry, isServerSent);
            }

            return;
        }

        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        try
        {
            await foreach (var entry in feed.FollowAsync(after, end.Token))
            {
                await WriteAsync(context, entry, isServerSent);
            }
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
        }
    }

    private static async Task WriteAsync(HttpContext context, FeedEntry entry, bool isServerSent)
    {
        var json = entry.ToJson().ToJsonString();
        var text = isServerSent ? $"id: {entry.Number}\nevent: {entry.Kind}\ndata: {json}\n\n" : json + "\n";
        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(text), context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
    }
}
