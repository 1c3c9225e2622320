using System.Text.Json.Nodes;
using Klever.CommandLine.Api;

namespace Klever.CommandLine.Commands.Jobs;

/// <summary>Waits for a ModelJob.</summary>
internal static class JobEnd
{
    public static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(1);

    public static async Task<JsonObject> WaitAsync(KleverApi klever, string path, CancellationToken cancellationToken)
    {
        while (true)
        {
            var job = await klever.GetAsync(path, cancellationToken);
            if (HasEnded(job))
            {
                return job;
            }

            await Task.Delay(PollInterval, cancellationToken);
        }
    }

    public static bool HasEnded(JsonObject job) => Field.Of(job, "status", "phase") is "Succeeded" or "Failed";

    /// <exception cref="JobFailedException">It failed.</exception>
    public static void ThrowIfFailed(JsonObject job)
    {
        if (Field.Of(job, "status", "phase") == "Failed")
        {
            throw new JobFailedException(Field.Of(job, "metadata", "name"), Field.Of(job, "status", "message"));
        }
    }
}
