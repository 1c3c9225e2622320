using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;

namespace Klever.Local.Feed;

/// <summary>What happens on the platform, as it happens: the last entries, and a stream that goes on from them.</summary>
public sealed class LiveFeed(TimeProvider clock)
{
    private const int Capacity = 5_000;
    private readonly Lock _gate = new();
    private readonly Queue<FeedEntry> _entries = new();
    private TaskCompletionSource _arrival = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _number;

    public void Add(string kind, string summary, JsonObject detail)
    {
        lock (_gate)
        {
            _entries.Enqueue(new FeedEntry(++_number, clock.GetUtcNow(), kind, summary, detail));
            if (_entries.Count > Capacity)
            {
                _entries.Dequeue();
            }

            _arrival.SetResult();
            _arrival = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>The kept entries after a number.</summary>
    public IReadOnlyList<FeedEntry> After(long number) => Read(number).Entries;

    /// <summary>The kept entries after a number, then each new one.</summary>
    public async IAsyncEnumerable<FeedEntry> FollowAsync(long number, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            var (entries, arrival) = Read(number);
            foreach (var entry in entries)
            {
                number = entry.Number;
                yield return entry;
            }

            await arrival.WaitAsync(cancellationToken);
        }
    }

    private (IReadOnlyList<FeedEntry> Entries, Task Arrival) Read(long number)
    {
        lock (_gate)
        {
            return ([.. _entries.Where(e => e.Number > number)], _arrival.Task);
        }
    }
}
