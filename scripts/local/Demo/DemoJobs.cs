using System.Diagnostics;
using System.Text.Json.Nodes;
using Klever.Local.Cluster.Objects;
using Klever.Local.Platform;

namespace Klever.Local.Demo;

/// <summary>The ModelJobs of the platform's cluster.</summary>
internal sealed class DemoJobs(LocalPlatform platform, Screen screen)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Waits until a ModelJob has ended and shows how; null when there is none within a minute.</summary>
    public async Task<JsonObject?> WaitAsync(Func<JsonObject, bool> isMeant, CancellationToken cancellationToken)
    {
        using var client = new HttpClient { BaseAddress = platform.Cluster };
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < Patience; await Task.Delay(Pause, cancellationToken))
        {
            var list = JsonNode.Parse(await client.GetStringAsync("/apis/kleveross.io/v1alpha1/modeljobs", cancellationToken));
            var job = list.Objects("items").FirstOrDefault(isMeant);
            if (job.Text("status", "phase") is "Succeeded" or "Failed")
            {
                screen.Line($"ModelJob {job.Text("metadata", "name")} {job.Text("status", "phase")}: {job.Text("status", "message")}");
                return job;
            }
        }

        screen.Line($"no such ModelJob ended within {Patience.TotalSeconds} s");
        return null;
    }
}
