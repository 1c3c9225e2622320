namespace Klever.Functions.Sweep;

/// <summary>Spreads work evenly over time, so that a sweep of thousands is no burst for registry, broker or cluster.</summary>
internal sealed class Pace(int perSecond, TimeProvider clock)
{
    private readonly TimeSpan _interval = TimeSpan.FromSeconds(1.0 / perSecond);
    private DateTimeOffset _next;

    /// <summary>Waits until the next piece may begin.</summary>
    public async Task NextAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var wait = _next - now;
        _next = (wait > TimeSpan.Zero ? _next : now) + _interval;
        if (wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, clock, cancellationToken);
        }
    }
}
