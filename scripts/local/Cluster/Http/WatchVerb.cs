using System.Text.Json;
using System.Text.Json.Nodes;
using Klever.Local.Cluster.Objects;
using Klever.Local.Cluster.Printing;
using Klever.Local.Cluster.Selection;

namespace Klever.Local.Cluster.Http;

/// <summary>watch: one JSON document per line until the time is up or the client leaves.</summary>
internal sealed class WatchVerb(ApiObjects objects)
{
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan BookmarkInterval = TimeSpan.FromSeconds(30);

    public async Task WatchAsync(HttpContext context, ApiRequest request, CancellationToken stopping)
    {
        var query = context.Request.Query;
        var selector = Selector.Parse(request.Type, query["labelSelector"], query["fieldSelector"]);
        var table = TableRequest.Of(context.Request);
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        timeout.CancelAfter(int.TryParse(query["timeoutSeconds"], out var seconds) ? TimeSpan.FromSeconds(seconds) : DefaultTimeout);
        context.Response.ContentType = "application/json;stream=watch";
        var stream = new WatchStream(context, request.Type, table, objects.Clock, query["allowWatchBookmarks"] == "true");
        await context.Response.Body.FlushAsync(context.RequestAborted);
        try
        {
            await SendAsync(request, selector, query, stream, timeout.Token);
        }
        catch (ApiException exception)
        {
            await stream.SendErrorAsync(exception);
        }
        catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
        {
        }
    }

    private async Task SendAsync(
        ApiRequest request, Selector selector, IQueryCollection query, WatchStream stream, CancellationToken cancellationToken)
    {
        var asked = query["resourceVersion"].ToString();
        var revision = long.TryParse(asked, out var stated) ? stated : 0;
        if (revision == 0 || query["sendInitialEvents"] == "true")
        {
            (var items, revision) = objects.List(request.Type, request.Namespace, selector);
            foreach (var item in items)
            {
                await stream.SendAsync("ADDED", item);
            }

            await stream.SendBookmarkAsync(revision, endsInitialEvents: query["sendInitialEvents"] == "true");
        }

        var events = ObjectWatch
            .FollowAsync(objects.Store, request.Type.Key, request.Namespace, selector, revision, cancellationToken)
            .GetAsyncEnumerator(cancellationToken);
        await using (events)
        {
            var next = events.MoveNextAsync().AsTask();
            while (true)
            {
                if (await Task.WhenAny(next, Task.Delay(BookmarkInterval, cancellationToken)) != next)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    await stream.SendBookmarkAsync(objects.Store.Revision, endsInitialEvents: false);
                    continue;
                }

                await next;
                await stream.SendAsync(events.Current.Type, events.Current.Item);
                next = events.MoveNextAsync().AsTask();
            }
        }
    }
}
