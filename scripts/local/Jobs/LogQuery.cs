using Klever.Local.Cluster;

namespace Klever.Local.Jobs;

/// <summary>What part of a container's log is wanted (core/v1 PodLogOptions).</summary>
internal sealed record LogQuery
{
    public string? Container { get; init; }

    /// <summary>Go on with what the container writes until it ends.</summary>
    public bool Follow { get; init; }

    /// <summary>The log of the run before the last restart.</summary>
    public bool Previous { get; init; }

    /// <summary>Begin each line with the time it was written.</summary>
    public bool Timestamps { get; init; }

    public DateTimeOffset? Since { get; init; }

    /// <summary>Lines counted from the end; null for all.</summary>
    public int? TailLines { get; init; }

    /// <summary>Bytes of the answer at most; null for all.</summary>
    public long? LimitBytes { get; init; }

    public static LogQuery Parse(IQueryCollection query, DateTimeOffset now)
    {
        try
        {
            return new LogQuery
            {
                Container = query["container"].ToString() is { Length: > 0 } container ? container : null,
                Follow = query["follow"] == "true",
                Previous = query["previous"] == "true",
                Timestamps = query["timestamps"] == "true",
                Since = query["sinceSeconds"].ToString() is { Length: > 0 } seconds ? now.AddSeconds(-long.Parse(seconds))
                    : query["sinceTime"].ToString() is { Length: > 0 } time ? DateTimeOffset.Parse(time) : null,
                TailLines = query["tailLines"].ToString() is { Length: > 0 } lines ? int.Parse(lines) : null,
                LimitBytes = query["limitBytes"].ToString() is { Length: > 0 } bytes ? long.Parse(bytes) : null,
            };
        }
        catch (Exception exception) when (exception is FormatException or OverflowException or ArgumentOutOfRangeException)
        {
            throw ApiErrors.BadRequest($"the log options are not valid: {exception.Message}");
        }
    }
}
