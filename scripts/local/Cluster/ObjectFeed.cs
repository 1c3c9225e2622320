using System.Text.Json.Nodes;
using Klever.Local.Cluster.Objects;
using Klever.Local.Cluster.Storage;
using Klever.Local.Feed;

namespace Klever.Local.Cluster;

/// <summary>Shows every change of an object in the live feed; events about objects and renewals are left out.</summary>
internal static class ObjectFeed
{
    public static async Task RunAsync(ObjectStore store, LiveFeed feed, CancellationToken stopping)
    {
        var revision = store.Revision;
        while (true)
        {
            var (changes, arrival) = store.History.After(revision);
            foreach (var change in changes)
            {
                revision = change.Revision;
                if (change.Key.Type != BuiltInTypes.Events.Key)
                {
                    Show(feed, change);
                }
            }

            await arrival.WaitAsync(stopping);
        }
    }

    private static void Show(LiveFeed feed, Change change)
    {
        var verb = change.Before is null ? "created" : change.After is null ? "deleted" : "changed";
        var item = change.Last();
        var phase = item.Text("status", "phase")
            ?? item.Objects("status", "conditions").LastOrDefault(c => c.Text("status") == "True").Text("type");
        var detail = new JsonObject
        {
            ["verb"] = verb,
            ["kind"] = item.Kind(),
            ["namespace"] = change.Key.Namespace,
            ["name"] = change.Key.Name,
            ["resourceVersion"] = change.Revision.ToString(),
            ["phase"] = phase,
        };
        feed.Add("object", $"{item.Kind()} {change.Key.Name} {verb}{(phase is null ? "" : $" ({phase})")}", detail);
    }
}
