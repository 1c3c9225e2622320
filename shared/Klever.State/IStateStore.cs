namespace Klever.State;

/// <summary>Small values by key, with the optimistic concurrency of Dapr's state API. Never the only record of what
/// must not be lost.</summary>
/// <remarks>Every method throws <see cref="StateException"/> when the store fails and <see cref="ArgumentException"/>
/// for a key or
/// value outside <see cref="StateLimits"/>. An entry whose time ran out counts as absent.</remarks>
public interface IStateStore
{
    /// <summary>The entry, or null when there is none.</summary>
    Task<StateEntry?> GetAsync(string key, CancellationToken cancellationToken = default);

    /// <summary>Saves a value if nobody was faster.</summary>
    /// <param name="key">See <see cref="StateLimits"/>.</param>
    /// <param name="value">At most <see cref="StateLimits.MaximumValueBytes"/> long.</param>
    /// <param name="etag">The entry must still be this one; null: there must be none.</param>
    /// <param name="timeToLive">After this the entry is gone; null: it stays. Rounded up to whole seconds.</param>
    /// <param name="cancellationToken">Ends the call; whether the value was saved is then unknown.</param>
    /// <returns>False when the entry is another one, or there is one although there must be none.</returns>
    Task<bool> TrySaveAsync(
        string key,
        ReadOnlyMemory<byte> value,
        string? etag = null,
        TimeSpan? timeToLive = null,
        CancellationToken cancellationToken = default);

    /// <summary>Deletes an entry.</summary>
    /// <param name="key">See <see cref="StateLimits"/>.</param>
    /// <param name="etag">The entry must still be this one; null: whichever it is.</param>
    /// <param name="cancellationToken">Ends the call; whether the entry was deleted is then unknown.</param>
    /// <returns>True when there is no entry now; false when there is one with another etag.</returns>
    Task<bool> TryDeleteAsync(string key, string? etag = null, CancellationToken cancellationToken = default);
}
