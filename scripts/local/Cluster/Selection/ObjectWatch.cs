using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Klever.Local.Cluster.Objects;
using Klever.Local.Cluster.Storage;

namespace Klever.Local.Cluster.Selection;

/// <summary>Follows the writes to one type that pass a selector. An object whose labels come to match, or cease to, shows as
/// added, or deleted.</summary>
internal static class ObjectWatch
{
    /// <param name="ns">Null for all namespaces.</param>
    /// <param name="revision">The revision to go on from.</param>
    /// <exception cref="ApiException">410: the revision, or this reader, is too far behind.</exception>
    public static async IAsyncEnumerable<WatchEvent> FollowAsync(
        ObjectStore store,
        string type,
        string? ns,
        Selector? selector,
        long revision,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            var (changes, arrival) = store.History.After(revision);
            foreach (var change in changes)
            {
                revision = change.Revision;
                if (change.Key.Type == type && (ns is null || change.Key.Namespace == ns) && ToEvent(change, selector) is { } seen)
                {
                    yield return seen;
                }
            }

            await arrival.WaitAsync(cancellationToken);
        }
    }

    private static WatchEvent? ToEvent(Change change, Selector? selector)
    {
        var matched = change.Before is not null && (selector?.Matches(change.Before) ?? true);
        var matches = change.After is not null && (selector?.Matches(change.After) ?? true);
        return (matched, matches) switch
        {
            (false, true) => new WatchEvent("ADDED", change.Last(), change.Revision),
            (true, true) => new WatchEvent("MODIFIED", change.Last(), change.Revision),
            (true, false) => new WatchEvent("DELETED", change.Last(), change.Revision),
            _ => null,
        };
    }
}
