using System.Runtime.ExceptionServices;
using Klever.Eventing.Sinks;
using Klever.Functions.Access;
using Klever.Functions.Events;
using Klever.Functions.Hosting;
using Klever.Functions.Telemetry;

namespace Klever.Functions.Sweep;

/// <summary>One sweep: finds what events were lost for and sends them once more. It changes nothing itself, so it may read only.</summary>
internal sealed partial class SweepRun(
    ModelJobSurvey modelJobs,
    ModelSurvey models,
    ModelCatalogs catalogs,
    IEventSink sink,
    Bookmark bookmark,
    KleverOptions options,
    TimeProvider clock,
    ILogger<SweepRun> logger)
{
    // A registry that is down fails for every repository; a broken repository only for itself.
    private const int MaximumFailuresInARow = 3;

    // Repositories between two bookmarks: what is looked at again after a crash.
    private const int BookmarkInterval = 100;

    public async Task<EventOutcome> RunAsync(CancellationToken cancellationToken)
    {
        if (sink is NoSink)
        {
            return EventOutcome.Rejected("A sweep sends events, but K_SINK is not set; bind this Service to a broker with a SinkBinding.");
        }

        var pace = new Pace(options.Sweep.Rate, clock);
        var deadline = clock.GetUtcNow() + options.Sweep.Budget;
        var sent = await SendAsync(modelJobs.FindAsync(cancellationToken), pace, cancellationToken);
        var (repositories, stoppedAt) = await SweepModelsAsync(pace, deadline, count => sent += count, cancellationToken);
        LogEnd(logger, repositories, sent, stoppedAt ?? "the end");
        return EventOutcome.Done();
    }

    private async Task<(int Repositories, string? StoppedAt)> SweepModelsAsync(
        Pace pace, DateTimeOffset deadline, Action<int> sent, CancellationToken cancellationToken)
    {
        var (done, failures) = (0, 0);
        var catalog = await catalogs.OfServiceAsync(cancellationToken);
        var last = await bookmark.ReadAsync(cancellationToken);
        foreach (var repository in (await catalog.ListRepositoriesAsync(cancellationToken)).SkipWhile(name => string.CompareOrdinal(name, last) <= 0))
        {
            if (done > 0 && clock.GetUtcNow() >= deadline)
            {
                await bookmark.PutAsync(last, cancellationToken);
                return (done, last);
            }

            await pace.NextAsync(cancellationToken);
            try
            {
                sent(await SendAsync(models.FindAsync(catalog, repository, cancellationToken), pace, cancellationToken));
                failures = 0;
            }
            catch (Exception exception) when (ModelSurvey.IsUnreadable(exception))
            {
                await PassOverAsync(repository, exception, ++failures, cancellationToken);
            }

            last = repository;
            if (++done % BookmarkInterval == 0)
            {
                await bookmark.PutAsync(last, cancellationToken);
            }
        }

        await bookmark.PutAsync("", cancellationToken);
        return (done, null);
    }

    // The sweep that ends here is not to be ended here again: the next one goes on behind.
    private async Task PassOverAsync(string repository, Exception problem, int failures, CancellationToken cancellationToken)
    {
        LogPassedOver(logger, repository, problem.Message);
        if (failures >= MaximumFailuresInARow)
        {
            await bookmark.PutAsync(repository, cancellationToken);
            ExceptionDispatchInfo.Throw(problem);
        }
    }

    private async Task<int> SendAsync(IAsyncEnumerable<SweepFinding> findings, Pace pace, CancellationToken cancellationToken)
    {
        var sent = 0;
        await foreach (var finding in findings.WithCancellation(cancellationToken))
        {
            await pace.NextAsync(cancellationToken);
            await sink.SendAsync(finding.Event, cancellationToken);
            Measures.Finding(finding.Kind);
            LogFinding(logger, finding.Kind, finding.Model, finding.ModelJob);
            sent++;
        }

        return sent;
    }

    [LoggerMessage(EventId = 1801, Level = LogLevel.Information, Message = "Sweep looked at {Repositories} repositories, sent {Events} events again and came to {Place}")]
    private static partial void LogEnd(ILogger logger, int repositories, int events, string place);

    [LoggerMessage(EventId = 1802, Level = LogLevel.Information, Message = "Sweep found {Kind}: {Model}, ModelJob {ModelJob}")]
    private static partial void LogFinding(ILogger logger, string kind, string model, string modelJob);

    [LoggerMessage(EventId = 1803, Level = LogLevel.Warning, Message = "Sweep passes {Repository} over: {Problem}")]
    private static partial void LogPassedOver(ILogger logger, string repository, string problem);
}
