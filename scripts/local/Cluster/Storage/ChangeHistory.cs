namespace Klever.Local.Cluster.Storage;

/// <summary>The last writes, for watches to read on from where they are. What is older is gone (410 for who asks).</summary>
internal sealed class ChangeHistory
{
    /// <summary>Writes that are kept.</summary>
    public const int Capacity = 20_000;

    private readonly Lock _gate = new();
    private readonly List<Change> _changes = [];
    private TaskCompletionSource _arrival = NewArrival();
    private long _forgotten;

    /// <param name="revision">The revision at start: nothing before it can be read.</param>
    public void Start(long revision)
    {
        lock (_gate)
        {
            _forgotten = revision;
        }
    }

    public void Add(Change change)
    {
        lock (_gate)
        {
            _changes.Add(change);
            if (_changes.Count > Capacity + (Capacity / 4))
            {
                var surplus = _changes.Count - Capacity;
                _forgotten = _changes[surplus - 1].Revision;
                _changes.RemoveRange(0, surplus);
            }

            _arrival.SetResult();
            _arrival = NewArrival();
        }
    }

    /// <summary>The writes after a revision, and a task that ends when there are more.</summary>
    /// <exception cref="ApiException">410: the revision is older than what is kept.</exception>
    public (IReadOnlyList<Change> Changes, Task Arrival) After(long revision)
    {
        lock (_gate)
        {
            if (revision < _forgotten)
            {
                throw ApiErrors.Expired(revision, _forgotten);
            }

            var first = _changes.Count;
            while (first > 0 && _changes[first - 1].Revision > revision)
            {
                first--;
            }

            return (_changes[first..], _arrival.Task);
        }
    }

    /// <summary>Drops everything, as a compaction of etcd does; watches from before then get 410.</summary>
    public void Compact()
    {
        lock (_gate)
        {
            _forgotten = _changes.Count > 0 ? _changes[^1].Revision : _forgotten;
            _changes.Clear();
        }
    }

    private static TaskCompletionSource NewArrival() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
