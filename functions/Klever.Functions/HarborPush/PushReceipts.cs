using System.Text;
using Klever.Eventing.Pushes;
using Klever.State;

namespace Klever.Functions.HarborPush;

/// <summary>Remembers for a week which ModelJob a push led to: the cheap first look at a repeated event. It is never the only
/// record, so a store that fails is a warning and no more.</summary>
internal sealed partial class PushReceipts(IStateStore store, ILogger<PushReceipts> logger)
{
    private static readonly TimeSpan Life = TimeSpan.FromDays(7);

    /// <summary>The name of the ModelJob that this very push, tag included, led to; null when nobody remembers.</summary>
    public async Task<string?> FindAsync(PushEvent push, CancellationToken cancellationToken)
    {
        try
        {
            var entry = await store.GetAsync(Key(push), cancellationToken);
            return entry is null ? null : Encoding.UTF8.GetString(entry.Value.Span);
        }
        catch (StateException exception)
        {
            LogUnavailable(logger, exception);
            return null;
        }
    }

    public async Task RememberAsync(PushEvent push, string modelJob, CancellationToken cancellationToken)
    {
        try
        {
            var key = Key(push);
            var entry = await store.GetAsync(key, cancellationToken);
            await store.TrySaveAsync(key, Encoding.UTF8.GetBytes(modelJob), entry?.ETag, Life, cancellationToken);
        }
        catch (StateException exception)
        {
            LogUnavailable(logger, exception);
        }
    }

    private static string Key(PushEvent push) =>
        push.Tag is null ? $"push/{push.Key}" : $"push/{push.Key}/{push.Tag}";

    [LoggerMessage(EventId = 1302, Level = LogLevel.Warning, Message = "The state store does not answer; looking at the cluster instead")]
    private static partial void LogUnavailable(ILogger logger, Exception exception);
}
