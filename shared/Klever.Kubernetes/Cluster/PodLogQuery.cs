namespace Klever.Kubernetes.Cluster;

/// <summary>Which part of a container's log to read (core/v1 PodLogOptions).</summary>
public sealed record PodLogQuery
{
    public const int DefaultLimitBytes = 4 * 1024 * 1024;

    /// <summary>Null for the only container of the pod; refused by the server when there are several.</summary>
    public string? Container { get; init; }

    /// <summary>Lines from the end; null for all.</summary>
    public int? TailLines { get; init; }

    /// <summary>The log of the instance before the last restart.</summary>
    public bool Previous { get; init; }

    /// <summary>An RFC 3339 time before each line.</summary>
    public bool Timestamps { get; init; }

    /// <summary>Goes on with what the container writes until it ends.</summary>
    public bool Follow { get; init; }

    /// <summary>Bytes at most, counted from the first line that is read; null for no limit, for who reads a stream.</summary>
    public int? LimitBytes { get; init; } = DefaultLimitBytes;

    internal string ToQueryString() =>
        $"?follow={(Follow ? "true" : "false")}"
        + (LimitBytes is null ? "" : $"&limitBytes={LimitBytes}")
        + (Container is null ? "" : $"&container={Uri.EscapeDataString(Container)}")
        + (TailLines is null ? "" : $"&tailLines={TailLines}")
        + (Previous ? "&previous=true" : "")
        + (Timestamps ? "&timestamps=true" : "");
}
