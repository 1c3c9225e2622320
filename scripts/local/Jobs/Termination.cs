using System.Text.Json.Nodes;
using Klever.Local.Cluster.Objects;

namespace Klever.Local.Jobs;

/// <summary>How a container ended (core/v1 ContainerStateTerminated).</summary>
/// <param name="ExitCode">128 + the signal's number when a signal ended it.</param>
/// <param name="Reason">Completed, Error, OOMKilled, StartError or ContainerStatusUnknown.</param>
internal sealed record Termination(
    int ExitCode, string Reason, string Message, DateTimeOffset StartedAt, DateTimeOffset FinishedAt)
{
    public JsonObject ToJson()
    {
        var json = new JsonObject
        {
            ["exitCode"] = ExitCode,
            ["reason"] = Reason,
            ["startedAt"] = Timestamp.Seconds(StartedAt),
            ["finishedAt"] = Timestamp.Seconds(FinishedAt),
        };
        if (Message.Length > 0)
        {
            json["message"] = Message;
        }

        return json;
    }
}
