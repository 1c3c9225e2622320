using System.Text;
using System.Text.Json.Nodes;
using Klever.Local.Cluster.Objects;
using Klever.Models;

namespace Klever.Local.Jobs;

/// <summary>Runs a container once and tells how it ended.</summary>
internal sealed class ContainerRun(ProcessPlan plan, PodDirectory directory, ContainerLogs logs, TimeProvider clock)
{
    private const int StartErrorCode = 128;
    private const int FallbackLines = 80;
    private const int FallbackBytes = 2048;

    /// <param name="started">Called when the process is there.</param>
    /// <param name="grace">Asked when it is stopped: how long the processes have.</param>
    /// <param name="stopping">Ends the processes: SIGTERM, then SIGKILL after the grace period.</param>
    public async Task<Termination> RunAsync(
        JsonObject pod, JsonObject container, int run, Action started, Func<TimeSpan> grace, CancellationToken stopping)
    {
        var startedAt = clock.GetUtcNow();
        var name = container.Text("name")!;
        var log = logs.Create(pod.Uid(), name, run);
        try
        {
            await File.WriteAllTextAsync(directory.TerminationMessageFile(name, run), "", CancellationToken.None);
            using var process = ContainerProcess.Start(plan, line => log.Append(line, clock.GetUtcNow()));
            ProcessRecord.Write(directory, name, process.Id);
            started();
            var (code, isOutOfMemory) = await WaitAsync(process, grace, stopping);
            var reason = isOutOfMemory ? "OOMKilled" : code == 0 ? "Completed" : "Error";
            return new Termination(code, reason, Message(container, run, code, log), startedAt, clock.GetUtcNow());
        }
        catch (FileNotFoundException exception)
        {
            return new Termination(StartErrorCode, "StartError", exception.Message, startedAt, clock.GetUtcNow());
        }
        finally
        {
            logs.Close(pod.Uid(), name, run);
        }
    }

    private async Task<(int Code, bool IsOutOfMemory)> WaitAsync(ContainerProcess process, Func<TimeSpan> grace, CancellationToken stopping)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var exit = process.WaitAsync();
        var memory = plan.MemoryLimit is { } limit
            ? MemoryWatch.WaitForExcessAsync(process.Id, limit, end.Token)
            : Task.Delay(Timeout.Infinite, end.Token);
        await Task.WhenAny(exit, memory);
        var isOutOfMemory = memory.IsCompletedSuccessfully;
        if (isOutOfMemory)
        {
            ProcessGroup.Signal(process.Id, ProcessGroup.Kill);
        }
        else if (!exit.IsCompleted)
        {
            await process.StopAsync(grace());
        }

        await end.CancelAsync();
        return (await exit, isOutOfMemory);
    }

    private string Message(JsonObject container, int run, int code, ContainerLog log)
    {
        var file = new FileInfo(directory.TerminationMessageFile(container.Text("name")!, run));
        if (file is { Exists: true, Length: > 0 })
        {
            var buffer = new byte[TerminationMessage.MaximumBytes];
            using var stream = file.OpenRead();
            return Encoding.UTF8.GetString(buffer, 0, stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false));
        }

        var fallsBack = code != 0 && container.Text("terminationMessagePolicy") == "FallbackToLogsOnError";
        return fallsBack ? log.Tail(FallbackLines, FallbackBytes) : "";
    }
}
