using Klever.State;

namespace Klever.Functions.Models.Upload;

/// <summary>Shows that a worker is alive, as long as it works.</summary>
internal sealed partial class UploadLease(UploadSessions sessions, TimeProvider clock, ILogger<UploadLease> logger)
{
    /// <summary>Until the work is done; stops it when another worker has taken it over, as after a long pause of this process.</summary>
    public async Task KeepAsync(string key, string worker, CancellationTokenSource work)
    {
        try
        {
            while (true)
            {
                await Task.Delay(UploadSessions.Lease / 3, clock, work.Token);
                if (!await TryRenewAsync(key, worker, work.Token))
                {
                    await work.CancelAsync();
                }
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    // A store that fails for a moment takes no work away; it is asked again at the next turn.
    private async Task<bool> TryRenewAsync(string key, string worker, CancellationToken cancellationToken)
    {
        try
        {
            return await sessions.TryWorkAsync(key, worker, cancellationToken);
        }
        catch (StateException exception)
        {
            LogUnrenewed(logger, key, exception);
            return true;
        }
    }

    [LoggerMessage(EventId = 1603, Level = LogLevel.Warning, Message = "The work on {Key} could not be renewed just now; another replica may begin it too, with the same outcome")]
    private static partial void LogUnrenewed(ILogger logger, string key, Exception exception);
}
