using System.Text.Json.Nodes;

namespace Klever.Local.Jobs;

/// <summary>What the controller does about a Job now.</summary>
internal sealed record JobPlan
{
    /// <summary>The status that the Job gets.</summary>
    public required JsonObject Status { get; init; }

    public int PodsToCreate { get; init; }

    public IReadOnlyList<JsonObject> PodsToDelete { get; init; } = [];

    /// <summary>When to look again without a change; null for not before one.</summary>
    public DateTimeOffset? WakeAt { get; init; }

    /// <summary>The time to live after the end has run out.</summary>
    public bool DeleteJob { get; init; }
}
