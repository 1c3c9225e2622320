using Google.Protobuf;

namespace Klever.Testing.Dapr;

/// <summary>What PostgreSQL, SQLite and in-memory have in common: a row with a random etag for each key, which stays after its time
/// until it is collected.</summary>
public abstract class RowComponent(ManualClock clock) : IComponent
{
    protected sealed record Row(ByteString Value, string ETag, DateTimeOffset? Expires);

    protected Dictionary<string, Row> Rows { get; } = [];

    public IReadOnlyCollection<string> Keys => Rows.Keys;

    public virtual (ByteString Value, string ETag)? Get(string key) =>
        Rows.TryGetValue(key, out var row) && !IsExpired(row) ? (row.Value, row.ETag) : null;

    public void Save(string key, ByteString value, string? etag, bool isFirstWrite, int? timeToLive)
    {
        var row = Rows.GetValueOrDefault(key);
        if (etag is null ? isFirstWrite && IsTaken(row) : !Matches(row, etag))
        {
            throw etag is null ? Taken() : ComponentException.Mismatch();
        }

        Rows[key] = new Row(
            value, Guid.NewGuid().ToString(), timeToLive > 0 ? clock.GetUtcNow().AddSeconds(timeToLive.Value) : null);
    }

    public void Delete(string key, string? etag)
    {
        if (etag is not null && Rows.GetValueOrDefault(key)?.ETag != etag)
        {
            throw ComponentException.Mismatch();
        }

        Rows.Remove(key);
    }

    /// <summary>Whether a row keeps a key from being new.</summary>
    protected abstract bool IsTaken(Row? row);

    /// <summary>Whether a row is the one that an etag names.</summary>
    protected abstract bool Matches(Row? row, string etag);

    /// <summary>How it says that a key is not new.</summary>
    protected abstract ComponentException Taken();

    protected bool IsExpired(Row row) => row.Expires < clock.GetUtcNow();
}
