using Microsoft.AspNetCore.Mvc;

namespace Klever.Functions.Cluster;

/// <summary>The parameters of a log, by their names in the query.</summary>
internal sealed record LogRequest
{
    [FromQuery(Name = "containerID")]
    public string? ContainerID { get; init; }

    [FromQuery(Name = "reftimestamp")]
    public string? ReferenceTimestamp { get; init; }

    [FromQuery(Name = "reflineNum")]
    public int? ReferenceLineNumber { get; init; }

    [FromQuery(Name = "userPreviousLogs")]
    public bool? UserPreviousLogs { get; init; }

    // Texts, because what is no integer means the default selection and no error.
    [FromQuery(Name = "offsetFrom")]
    public string? OffsetFrom { get; init; }

    [FromQuery(Name = "offsetTo")]
    public string? OffsetTo { get; init; }

    [FromQuery(Name = "logFilePosition")]
    public string? LogFilePosition { get; init; }

    [FromQuery(Name = "follow")]
    public bool? Follow { get; init; }

    public LogSelection Selection =>
        LogSelection.Parse(ReferenceTimestamp, ReferenceLineNumber ?? 0, OffsetFrom, OffsetTo, LogFilePosition);
}
