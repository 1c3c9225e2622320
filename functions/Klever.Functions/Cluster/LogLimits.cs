namespace Klever.Functions.Cluster;

/// <summary>How much of a log is loaded. The first two are those of Kubernetes Dashboard.</summary>
internal sealed record LogLimits
{
    public static LogLimits Default { get; } = new();

    /// <summary>Lines from the end.</summary>
    public int Lines { get; init; } = 5000;

    /// <summary>Bytes from the beginning.</summary>
    public int Bytes { get; init; } = 500_000;

    /// <summary>Bytes of one line; what is beyond is dropped.</summary>
    public int LineBytes { get; init; } = 64 * 1024;

    /// <summary>Characters of all lines from the end; of more, the oldest are dropped.</summary>
    public int Characters { get; init; } = 8 * 1024 * 1024;
}
