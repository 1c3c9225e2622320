using System.Text;
using System.Text.Json.Nodes;
using Klever.CommandLine.Api;

namespace Klever.CommandLine.Commands.Jobs;

/// <summary>The log of a ModelJob: that of its newest pod, and when that one is replaced, of the next.</summary>
internal sealed class JobLog(KleverApi klever, string job, Func<string[], string> path, string? container)
{
    private const string Label = "kleveross.io/modeljob";
    private const int ChunkBytes = 16 * 1024;

    private readonly string _container = container is null ? "" : $"&containerID={Uri.EscapeDataString(container)}";

    public async Task<JsonObject> ReadAsync(int lines, bool previous, CancellationToken cancellationToken)
    {
        var pod = await NewestPodAsync(cancellationToken)
            ?? throw new UsageException($"ModelJob {job} has no pod; \"klever jobs get {job}\" says how it is.");
        return await klever.GetAsync(
            $"{LogPath(pod)}?offsetFrom={1 - Math.Max(lines, 1)}&offsetTo=1&logFilePosition=end"
                + (previous ? "&userPreviousLogs=true" : "") + _container,
            cancellationToken);
    }

    /// <summary>Writes the log while it grows.</summary>
    /// <returns>The ModelJob as it ended.</returns>
    public async Task<JsonObject> FollowAsync(CommandContext context, CancellationToken cancellationToken)
    {
        string? pod = null;
        var written = 0L;
        while (true)
        {
            // Read before the log: what ended before the log was read has written all of it.
            var modelJob = await klever.GetAsync(path(["modeljobs", job]), cancellationToken);
            if (await NewestPodAsync(cancellationToken) is { } newest && HasBegun(newest))
            {
                var name = Field.Of(newest, "metadata", "name");
                written = name == pod ? written : 0;
                pod = name;
                written += await CopyAsync(newest, written, context.Output, cancellationToken);
            }

            if (JobEnd.HasEnded(modelJob))
            {
                await context.Error.WriteLineAsync(JobLine.Of(modelJob));
                return modelJob;
            }

            await Task.Delay(JobEnd.PollInterval, cancellationToken);
        }
    }

    // A stream may end before its container does, because a proxy has had enough: the next one is read on from where this one ended.
    private async Task<long> CopyAsync(JsonObject pod, long skip, TextWriter output, CancellationToken cancellationToken)
    {
        await using var log = await klever.OpenAsync($"{LogPath(pod)}?follow=true&logFilePosition=beginning{_container}", cancellationToken);
        var decoder = Encoding.UTF8.GetDecoder();
        var chunk = new byte[ChunkBytes];
        var text = new char[ChunkBytes + 1];
        var written = 0L;
        try
        {
            for (int count; (count = await log.ReadAsync(chunk, cancellationToken)) > 0;)
            {
                var skipped = (int)Math.Min(skip, count);
                skip -= skipped;
                written += count - skipped;
                var characters = decoder.GetChars(chunk.AsSpan(skipped, count - skipped), text, flush: false);
                await output.WriteAsync(text.AsMemory(0, characters), cancellationToken);
                await output.FlushAsync(cancellationToken);
            }
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException)
        {
            // Cut off: what is missing comes with the next stream.
        }

        return written;
    }

    private async Task<JsonObject?> NewestPodAsync(CancellationToken cancellationToken)
    {
        var list = await klever.GetAsync($"{path(["pods"])}?filterBy={Uri.EscapeDataString($"{Label}={job}")}", cancellationToken);
        return Field.Items(list).MaxBy(pod => Field.Of(pod, "metadata", "creationTimestamp"), StringComparer.Ordinal);
    }

    private static bool HasBegun(JsonObject pod) =>
        Field.Of(pod, "status", "phase") is "Running" or "Succeeded" or "Failed";

    private string LogPath(JsonObject pod) => path(["pods", Field.Of(pod, "metadata", "name"), "logs"]);
}
