namespace Klever.Testing;

/// <summary>A clock whose pauses end at once and are written down, and that can be moved. Timers that repeat run on the real one.</summary>
public sealed class ImpatientTime : TimeProvider
{
    private readonly List<TimeSpan> _pauses = [];
    private TimeSpan _moved;

    /// <summary>What was to be waited, in the order of the beginnings.</summary>
    public IReadOnlyList<TimeSpan> Pauses
    {
        get
        {
            lock (_pauses)
            {
                return [.. _pauses];
            }
        }
    }

    public void Move(TimeSpan span) => _moved += span;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + _moved;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (period != Timeout.InfiniteTimeSpan)
        {
            return base.CreateTimer(callback, state, dueTime, period);
        }

        lock (_pauses)
        {
            _pauses.Add(dueTime);
        }

        return base.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
