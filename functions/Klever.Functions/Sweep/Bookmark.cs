using System.Text;
using Klever.State;

namespace Klever.Functions.Sweep;

/// <summary>The repository after which the next sweep goes on. When the store has lost it, the sweep begins at the front again.</summary>
internal sealed partial class Bookmark(IStateStore store, ILogger<Bookmark> logger)
{
    private const string Key = "sweep/models";
    private static readonly TimeSpan Life = TimeSpan.FromDays(1);

    /// <returns>Empty for the front, which every name follows.</returns>
    public async Task<string> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await store.GetAsync(Key, cancellationToken) is { } entry ? Encoding.UTF8.GetString(entry.Value.Span) : "";
        }
        catch (StateException exception)
        {
            LogUnavailable(logger, exception);
            return "";
        }
    }

    /// <param name="repository">Empty when the sweep came to its end.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task PutAsync(string repository, CancellationToken cancellationToken)
    {
        try
        {
            var entry = await store.GetAsync(Key, cancellationToken);
            _ = repository.Length == 0
                ? entry is null || await store.TryDeleteAsync(Key, entry.ETag, cancellationToken)
                : await store.TrySaveAsync(Key, Encoding.UTF8.GetBytes(repository), entry?.ETag, Life, cancellationToken);
        }
        catch (StateException exception)
        {
            LogUnavailable(logger, exception);
        }
    }

    [LoggerMessage(EventId = 1804, Level = LogLevel.Warning, Message = "The state store does not answer; the next sweep begins at the front")]
    private static partial void LogUnavailable(ILogger logger, Exception exception);
}
