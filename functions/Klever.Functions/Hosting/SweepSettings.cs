namespace Klever.Functions.Hosting;

/// <summary>How fast a sweep may go, and how long.</summary>
internal sealed record SweepSettings
{
    /// <summary><c>Klever:Sweep:Rate</c>: repositories looked at, and events sent, per second.</summary>
    public int Rate { get; init; } = 50;

    /// <summary><c>Klever:Sweep:Budget</c>: after this a sweep stops and the next one goes on; below the timeout of its Trigger.</summary>
    public TimeSpan Budget { get; init; } = TimeSpan.FromMinutes(4);
}
