namespace Klever.Functions.Cluster;

/// <summary>A window of a container's log (Kubernetes Dashboard, "LogDetails"; Klever Model Registry answers with the same).</summary>
internal sealed record LogDetails(LogInfo Info, LogSelection Selection, IReadOnlyList<LogLine> Logs)
{
    public static LogDetails Of(string pod, string container, bool isInitContainer, LoadedLog log, LogSelection asked)
    {
        var window = LogWindow.Select(log.Lines, asked);
        var info = new LogInfo
        {
            PodName = pod,
            ContainerName = container,
            InitContainerName = isInitContainer ? container : "",
            FromDate = window.Lines is [var first, ..] ? first.Timestamp : "",
            ToDate = window.Lines is [.., var last] ? last.Timestamp : "",
            Truncated = log.IsCut && window.IsAtCut,
        };
        return new LogDetails(info, window.Selection, window.Lines);
    }
}

/// <summary>Where the lines come from.</summary>
internal sealed record LogInfo
{
    public required string PodName { get; init; }

    public required string ContainerName { get; init; }

    /// <summary>The same name when it is an init container, else empty.</summary>
    public string InitContainerName { get; init; } = "";

    /// <summary>Time of the first line, as the log has it; empty without lines.</summary>
    public string FromDate { get; init; } = "";

    public string ToDate { get; init; } = "";

    /// <summary>Whether the log goes on beyond the window but not beyond what was loaded.</summary>
    public bool Truncated { get; init; }
}

/// <summary>One line: the time that the cluster put before it, and the rest.</summary>
internal sealed record LogLine(string Timestamp, string Content)
{
    /// <summary>The time of a line that has none: what the cluster says instead of a log.</summary>
    public const string NoTime = "0";

    public static LogLine Parse(string line) =>
        char.IsAsciiDigit(line[0]) && line.IndexOf(' ') is > 0 and var space
            ? new LogLine(line[..space], line[(space + 1)..])
            : new LogLine(NoTime, line);
}
