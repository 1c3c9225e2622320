using Dapr.Client;

namespace Klever.State.Dapr;

/// <summary>State in a Dapr component with etag and TTL, such as Redis or PostgreSQL.</summary>
/// <remarks>Components disagree on how they refuse: some answer Aborted to a wrong etag, some Internal when a key that
/// must be new
/// is there. So after every refusal the key is read, and what is there decides (<see cref="RefusedAsync"/>). Values
/// travel as bytes;
/// the client's own JSON would need reflection.</remarks>
public sealed class DaprStateStore(DaprClient client, DaprStateOptions options) : IStateStore
{
    private static readonly StateOptions FirstWrite = new()
    {
        Concurrency = ConcurrencyMode.FirstWrite,
        Consistency = ConsistencyMode.Strong,
    };

    public async Task<StateEntry?> GetAsync(string key, CancellationToken cancellationToken = default)
    {
        StateLimits.CheckKey(key);
        try
        {
            return await ReadAsync(options.KeyPrefix + key, cancellationToken);
        }
        catch (Exception exception) when (DaprFailure.Is(exception))
        {
            throw DaprFailure.Translate(exception, options.StoreName);
        }
    }

    public async Task<bool> TrySaveAsync(
        string key,
        ReadOnlyMemory<byte> value,
        string? etag = null,
        TimeSpan? timeToLive = null,
        CancellationToken cancellationToken = default)
    {
        StateLimits.CheckKey(key);
        StateLimits.CheckValue(value);
        StateLimits.CheckTimeToLive(timeToLive);
        return await TryAsync(key, etag, whenAbsent: false, stored => client.TrySaveByteStateAsync(
            options.StoreName, stored, value, etag ?? "", FirstWrite, Metadata(timeToLive), cancellationToken), cancellationToken);
    }

    public async Task<bool> TryDeleteAsync(
        string key, string? etag = null, CancellationToken cancellationToken = default)
    {
        StateLimits.CheckKey(key);
        return await TryAsync(key, etag, whenAbsent: true, async stored =>
        {
            if (etag is not null)
            {
                return await client.TryDeleteStateAsync(
                    options.StoreName, stored, etag, FirstWrite, cancellationToken: cancellationToken);
            }

            await client.DeleteStateAsync(options.StoreName, stored, cancellationToken: cancellationToken);
            return true;
        }, cancellationToken);
    }

    private async Task<bool> TryAsync(
        string key, string? etag, bool whenAbsent, Func<string, Task<bool>> act, CancellationToken cancellationToken)
    {
        var stored = options.KeyPrefix + key;
        try
        {
            return await act(stored) || await RefusedAsync(stored, etag, whenAbsent, null, cancellationToken);
        }
        catch (Exception exception) when (DaprFailure.Is(exception))
        {
            return await RefusedAsync(stored, etag, whenAbsent, exception, cancellationToken);
        }
    }

    /// <summary>What a refusal means: somebody else's entry is a false; the entry as it was, or none, is a failure of
    /// the store.</summary>
    private async Task<bool> RefusedAsync(
        string stored, string? etag, bool whenAbsent, Exception? failure, CancellationToken cancellationToken)
    {
        try
        {
            var current = await ReadAsync(stored, cancellationToken);
            if (current is null && (whenAbsent || etag is not null))
            {
                return whenAbsent;
            }

            return current is null || current.ETag == etag ? throw Unexplained(failure) : false;
        }
        catch (Exception exception) when (DaprFailure.Is(exception))
        {
            throw DaprFailure.Translate(failure ?? exception, options.StoreName);
        }
    }

    private StateException Unexplained(Exception? failure) => failure is null
        ? new StateException(
            $"the state store {options.StoreName} refused although nobody was faster; its entry may just have expired.")
        : DaprFailure.Translate(failure, options.StoreName);

    private async Task<StateEntry?> ReadAsync(string stored, CancellationToken cancellationToken)
    {
        var (value, etag) = await client.GetByteStateAndETagAsync(
            options.StoreName, stored, ConsistencyMode.Strong, cancellationToken: cancellationToken);
        return string.IsNullOrEmpty(etag) ? null : new StateEntry(value, etag);
    }

    private static Dictionary<string, string> Metadata(TimeSpan? timeToLive) => timeToLive is { } time
        ? new() { ["ttlInSeconds"] = ((long)Math.Ceiling(time.TotalSeconds)).ToString() }
        : [];
}
