namespace Klever.Kubernetes.Cluster;

/// <summary>Which part of a container's log to read (core/v1 PodLogOptions).</summary>
public sealed record PodLogQuery
{
    /// <summary>Null for the only container of the pod; refused by the server when there are several.</summary>
    public string? Container { get; init; }

    /// <summary>Lines from the end; null for all.</summary>
    public int? TailLines { get; init; }

    /// <summary>The log of the instance before the last restart.</summary>
    public bool Previous { get; init; }

    /// <summary>An RFC 3339 time before each line.</summary>
    public bool Timestamps { get; init; }

    /// <summary>Bytes at most, counted from the first line that is read.</summary>
    public int LimitBytes { get; init; } = 4 * 1024 * 1024;

    internal string ToQueryString() =>
        $"?limitBytes={LimitBytes}"
        + (Container is null ? "" : $"&container={Uri.EscapeDataString(Container)}")
        + (TailLines is null ? "" : $"&tailLines={TailLines}")
        + (Previous ? "&previous=true" : "")
        + (Timestamps ? "&timestamps=true" : "");
}
