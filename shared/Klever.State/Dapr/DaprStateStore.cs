using Dapr.Client;

namespace Klever.State.Dapr;

/// <summary>State in a Dapr component with etag and TTL, such as Redis or PostgreSQL.</summary>
/// <remarks>Components disagree on how they refuse: some answer Aborted to a wrong etag, some Internal when a key that
/// must be new
/// is there. So after every refusal the key is read, and what is there decides (<see cref="JudgeAsync"/>). Values
/// travel as bytes;
/// the client's own JSON would need reflection.</remarks>
public sealed class DaprStateStore(DaprClient client, DaprStateOptions options) : IStateStore
{
    private const string ForEver = "-1";
    private const int MaximumAttempts = 2;

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
        return await IsStillAsync(key, etag, cancellationToken)
            && await TryAsync(key, etag, whenAbsent: false, stored => client.TrySaveByteStateAsync(
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

    // Redis saves under any etag when there is no entry, so whether there is one is asked before. What is left of it is a gap of
    // milliseconds in which an entry is deleted or ends.
    private async Task<bool> IsStillAsync(string key, string? etag, CancellationToken cancellationToken) =>
        etag is null || (await GetAsync(key, cancellationToken))?.ETag == etag;

    private async Task<bool> TryAsync(
        string key, string? etag, bool whenAbsent, Func<string, Task<bool>> act, CancellationToken cancellationToken)
    {
        var stored = options.KeyPrefix + key;
        for (var attempt = 1; ; attempt++)
        {
            var (done, failure) = await AttemptAsync(stored, act);
            if (done)
            {
                return true;
            }

            if (await JudgeAsync(stored, etag, whenAbsent, failure, cancellationToken) is { } answer)
            {
                return answer;
            }

            // An entry past its time may have been in the way; reading it has taken it away.
            if (attempt == MaximumAttempts)
            {
                throw Unexplained(failure);
            }
        }
    }

    private static async Task<(bool Done, Exception? Failure)> AttemptAsync(string stored, Func<string, Task<bool>> act)
    {
        try
        {
            return (await act(stored), null);
        }
        catch (Exception exception) when (DaprFailure.Is(exception))
        {
            return (false, exception);
        }
    }

    /// <summary>What a refusal means: somebody else's entry is a false; the entry as it was, or none, is no answer: the
    /// store failed.</summary>
    private async Task<bool?> JudgeAsync(
        string stored, string? etag, bool whenAbsent, Exception? failure, CancellationToken cancellationToken)
    {
        try
        {
            var current = await ReadAsync(stored, cancellationToken);
            if (current is null && (whenAbsent || etag is not null))
            {
                return whenAbsent;
            }

            return current is null || current.ETag == etag ? null : false;
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

    // For ever is said: Redis would keep the time that the entry had before, and a component may have a default.
    private static Dictionary<string, string> Metadata(TimeSpan? timeToLive) => new()
    {
        ["ttlInSeconds"] = timeToLive is { } time ? ((long)Math.Ceiling(time.TotalSeconds)).ToString() : ForEver,
    };
}
