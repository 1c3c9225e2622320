namespace Klever.Local.Jobs;

/// <summary>A process to be started: everything decided, nothing left to look up.</summary>
internal sealed record ProcessPlan
{
    /// <summary>The program and its arguments.</summary>
    public required IReadOnlyList<string> Command { get; init; }

    /// <summary>All variables that the process gets.</summary>
    public required IReadOnlyDictionary<string, string> Variables { get; init; }

    public required string WorkingDirectory { get; init; }

    /// <summary>Resident bytes above which the process is killed as out of memory; null for no limit.</summary>
    public long? MemoryLimit { get; init; }
}
