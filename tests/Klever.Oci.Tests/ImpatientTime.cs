namespace Klever.Oci.Tests;

/// <summary>A clock whose pauses end at once and are written down, and that can be moved.</summary>
internal sealed class ImpatientTime : TimeProvider
{
    private TimeSpan _moved;

    public List<TimeSpan> Pauses { get; } = [];

    public void Move(TimeSpan span) => _moved += span;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + _moved;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        lock (Pauses)
        {
            Pauses.Add(dueTime);
        }

        return base.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
