using Google.Protobuf;

namespace Klever.Testing.Dapr;

/// <summary>Redis: the etag is a counter that begins anew with each entry; an etag is not looked at when there is no entry; a save
/// without a time to live leaves the old one; a key that must be new and is not is a plain failure.</summary>
public sealed class RedisComponent(ManualClock clock) : IComponent
{
    private readonly Dictionary<string, Entry> _entries = [];

    public IReadOnlyCollection<string> Keys => _entries.Keys;

    public (ByteString Value, string ETag)? Get(string key) => Find(key) is { } entry ? (entry.Value, $"{entry.Version}") : null;

    public void Save(string key, ByteString value, string? etag, bool isFirstWrite, int? timeToLive)
    {
        var current = Find(key);
        var version = etag ?? "0";
        if (current is not null && $"{current.Version}" != version && (current.IsFirstWrite || version != "0"))
        {
            throw etag is null ? ComponentException.Failure($"failed to set key {key}") : ComponentException.Mismatch();
        }

        var entry = current ?? (_entries[key] = new Entry());
        (entry.Value, entry.Version, entry.IsFirstWrite) = (value, entry.Version + 1, entry.IsFirstWrite || isFirstWrite);
        entry.Expires = timeToLive switch
        {
            null => entry.Expires,
            <= 0 => null,
            var seconds => clock.GetUtcNow().AddSeconds(seconds.Value),
        };
    }

    public void Delete(string key, string? etag)
    {
        if (Find(key) is { } current && etag is not (null or "0") && $"{current.Version}" != etag)
        {
            throw ComponentException.Mismatch();
        }

        _entries.Remove(key);
    }

    private Entry? Find(string key)
    {
        if (_entries.TryGetValue(key, out var entry) && entry.Expires <= clock.GetUtcNow())
        {
            _entries.Remove(key);
            return null;
        }

        return entry;
    }

    private sealed class Entry
    {
        public ByteString Value { get; set; } = ByteString.Empty;

        public int Version { get; set; }

        public bool IsFirstWrite { get; set; }

        public DateTimeOffset? Expires { get; set; }
    }
}
