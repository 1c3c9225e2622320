using System.Text.Json.Nodes;
using Klever.CommandLine.Api;

namespace Klever.CommandLine.Commands.Jobs;

/// <summary>A ModelJob in a line for people.</summary>
internal static class JobLine
{
    public static string Of(JsonObject job)
    {
        var phase = Field.Of(job, "status", "phase") is { Length: > 0 } known ? known : "new";
        var result = Field.Of(job, "status", "result", "reference");
        return $"{Field.Of(job, "metadata", "name")}: {Field.Of(job, "spec", "model")} {phase}"
            + (Field.Of(job, "status", "message") is { Length: > 0 } message ? $", {message}" : "")
            + (result.Length > 0 ? $" ({result}@{Field.Of(job, "status", "result", "digest")})" : "");
    }
}
