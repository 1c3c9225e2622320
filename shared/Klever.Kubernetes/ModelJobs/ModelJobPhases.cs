namespace Klever.Kubernetes.ModelJobs;

/// <summary>The values of <c>status.phase</c>, which are those of Klever Model Registry.</summary>
public static class ModelJobPhases
{
    /// <summary>Nobody has looked at it yet.</summary>
    public const string New = "";

    /// <summary>The Job exists, but its container does not run (yet).</summary>
    public const string Pending = "Pending";

    /// <summary>The container runs, or it has ended and its result is on the way to the registry.</summary>
    public const string Running = "Running";

    /// <summary>Upstream's value for a ModelJob with a deletion timestamp; read, never written.</summary>
    public const string Deleting = "Deleting";

    /// <summary>The registry holds the result, or there was nothing to write.</summary>
    public const string Succeeded = "Succeeded";

    /// <summary>It ended without a result; the reason and the message say why.</summary>
    public const string Failed = "Failed";

    public static IReadOnlyList<string> All { get; } = [New, Pending, Running, Deleting, Succeeded, Failed];

    public static bool IsFinal(string? phase) => phase is Succeeded or Failed;
}
